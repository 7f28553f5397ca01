//! Secrets: made from the system's randomness, kept as hashes, shown once.

use rand::{TryRngCore, rngs::OsRng};
use tenon_store::credential::SecretHash;

/// A fresh secret of 256 bits, written with a prefix that tells leak scanners what it is.
pub(crate) fn fresh(prefix: &str) -> String {
    let mut bytes = [0_u8; 32];
    // Without randomness from the system nothing here is safe: better to stop.
    OsRng
        .try_fill_bytes(&mut bytes)
        .unwrap_or_else(|error| panic!("no randomness: {error}"));
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
