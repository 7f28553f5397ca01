//! Secrets that must be read again: encrypted with AES-256-GCM under a key that lies outside the
//! database, so that a copy of the database alone opens none of them.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand,
};
use tenon_protocol::{MemberId, MessageId};

/// Bytes of the key.
pub const VAULT_KEY_BYTES: usize = 32;

/// See the file's head.
pub(crate) struct Vault {
    key: LessSafeKey,
}

impl Vault {
    pub fn new(key: &[u8; VAULT_KEY_BYTES]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, key).expect("a key of 256 bits");
        Self {
            key: LessSafeKey::new(key),
        }
    }

    /// Nonce, then what is sealed. `purpose` must be said again to open it.
    pub fn seal(&self, purpose: &'static str, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        rand::fill(&mut nonce).unwrap_or_else(|_| panic!("no randomness"));
        let mut sealed = plain.to_vec();
        let aad = Aad::from(purpose.as_bytes());
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed)
            .expect("it is short");
        [&nonce[..], &sealed].concat()
    }

    /// None if it was sealed with another key, or changed.
    pub fn open(&self, purpose: &'static str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut plain = sealed.to_vec();
        let aad = Aad::from(purpose.as_bytes());
        let opened = self.key.open_in_place(nonce, aad, &mut plain).ok()?;
        Some(opened.to_vec())
    }

    /// The same, as the end of an address: hexadecimal digits.
    pub fn seal_link(&self, purpose: &'static str, plain: &[u8]) -> String {
        let sealed = self.seal(purpose, plain);
        sealed.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// None if it was sealed with another key, or changed.
    pub fn open_link(&self, purpose: &'static str, link: &str) -> Option<Vec<u8>> {
        let byte = |two: &[u8]| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok();
        let sealed: Option<Vec<u8>> = link.as_bytes().chunks(2).map(byte).collect();
        self.open(purpose, &sealed?)
    }
}

/// What a poll knows a voter by: the same for the same member in the same poll, and nothing that
/// can be traced to them without the key.
pub(crate) fn voter_of(
    key: &[u8; VAULT_KEY_BYTES],
    message: MessageId,
    member: MemberId,
) -> [u8; 32] {
    let key = blake3::derive_key("tenon 2026 anonymous ballots", key);
    let mut hasher = blake3::Hasher::new_keyed(&key);
    hasher.update(message.0.as_bytes());
    hasher.update(member.0.as_bytes());
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voter_is_known_by_their_poll_and_the_key_alone() {
        let (message, other, member) = (MessageId::new(), MessageId::new(), MemberId::new());
        let voter = voter_of(&[7; VAULT_KEY_BYTES], message, member);
        assert_eq!(voter, voter_of(&[7; VAULT_KEY_BYTES], message, member));
        assert_ne!(voter, voter_of(&[8; VAULT_KEY_BYTES], message, member));
        assert_ne!(voter, voter_of(&[7; VAULT_KEY_BYTES], other, member));
        assert!(!voter.windows(16).any(|part| part == member.0.as_bytes()));
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_alone() {
        let vault = Vault::new(&[7; VAULT_KEY_BYTES]);
        let sealed = vault.seal("test", b"endpoint");
        assert!(!sealed.windows(8).any(|part| part == b"endpoint"));
        assert_ne!(sealed, vault.seal("test", b"endpoint"));
        assert_eq!(
            vault.open("test", &sealed).as_deref(),
            Some(&b"endpoint"[..])
        );
        assert_eq!(vault.open("another", &sealed), None);
        let other = Vault::new(&[8; VAULT_KEY_BYTES]);
        assert_eq!(other.open("test", &sealed), None);
        let mut changed = sealed;
        changed[NONCE_LEN] ^= 1;
        assert_eq!(vault.open("test", &changed), None);
        assert_eq!(vault.open("test", b"short"), None);
    }
}
