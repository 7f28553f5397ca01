//! Secrets: made from the system's randomness, kept as hashes, shown once.

use crate::VAULT_KEY_BYTES;
use rand::{TryRngCore, rngs::OsRng};
use tenon_store::credential::SecretHash;
use uuid::Uuid;

/// A fresh secret of 256 bits, written with a prefix that tells leak scanners what it is.
pub(crate) fn fresh(prefix: &str) -> String {
    let mut bytes = [0_u8; 32];
    // Without randomness from the system nothing here is safe: better to stop.
    OsRng
        .try_fill_bytes(&mut bytes)
        .unwrap_or_else(|error| panic!("no randomness: {error}"));
    written(prefix, bytes)
}

/// The secret of one workspace's, one member's, one attempt: the same whenever it is asked for,
/// and 256 bits that nobody knows without the key.
pub(crate) fn repeated(key: &[u8; VAULT_KEY_BYTES], prefix: &str, ids: [Uuid; 3]) -> String {
    let key = blake3::derive_key("tenon 2026 repeated secrets", key);
    let mut hasher = blake3::Hasher::new_keyed(&key);
    for id in ids {
        hasher.update(id.as_bytes());
    }
    hasher.update(prefix.as_bytes());
    written(prefix, *hasher.finalize().as_bytes())
}

fn written(prefix: &str, bytes: [u8; 32]) -> String {
    let mut text = String::with_capacity(prefix.len() + 64);
    text.push_str(prefix);
    for byte in bytes {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// What is stored. Secrets have 256 bits of their own, so a plain fast hash suffices.
pub(crate) fn hash(secret: &str) -> SecretHash {
    *blake3::hash(secret.as_bytes()).as_bytes()
}

/// The anti-forgery value of a session: derived, so that it is the same on every node.
pub(crate) fn csrf(secret: &str) -> String {
    let key = blake3::derive_key("tenon 2026 session anti-forgery", secret.as_bytes());
    blake3::Hash::from_bytes(key).to_hex()[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_repeated_for_its_attempt_and_the_key_alone() {
        let ids = [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()];
        let [workspace, member, request] = ids;
        let key = [7; VAULT_KEY_BYTES];
        let secret = repeated(&key, "tnt_", ids);
        assert_eq!(secret, repeated(&key, "tnt_", ids));
        assert_eq!(secret.len(), fresh("tnt_").len());
        let others = [
            repeated(&[8; VAULT_KEY_BYTES], "tnt_", ids),
            repeated(&key, "tnt_", [member, workspace, request]),
            repeated(&key, "tnt_", [workspace, member, Uuid::now_v7()]),
            repeated(&key, "tnh_", ids),
        ];
        for other in others {
            assert_ne!(secret[4..], other[4..]);
        }
    }
}
