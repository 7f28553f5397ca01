//! Message encryption for Web Push (RFC 8291) in the content coding `aes128gcm` (RFC 8188). Written
//! out over aws-lc-rs, which TLS brings already: the crates there are for it bring a second set of
//! ciphers (decision 0022).

use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{self, ECDH_P256, PrivateKey, UnparsedPublicKey},
    hmac, rand,
};
use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

/// Browsers leave out the padding; whoever sends it is understood too.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

const POINT_BYTES: usize = 65;
const AUTH_BYTES: usize = 16;
const SALT_BYTES: usize = 16;
/// Of one record; there is only one.
const RECORD_BYTES: u32 = 4096;
/// Limit: what a push service must take is 4,096 bytes; of these 103 are ours.
const PLAIN_BYTES_MAX: usize = 3993;
/// Lengths are rounded up to this, so that they say little.
const STEP_BYTES: usize = 512;

/// Whom a message is for.
pub(super) struct Device {
    point: [u8; POINT_BYTES],
    auth: [u8; AUTH_BYTES],
}

impl Device {
    /// From base64url; none if these are no keys.
    pub fn of(p256dh: &str, auth: &str) -> Option<Self> {
        let point: [u8; POINT_BYTES] = BASE64.decode(p256dh).ok()?.try_into().ok()?;
        let auth = BASE64.decode(auth).ok()?.try_into().ok()?;
        let device = Self { point, auth };
        // A point that is not on the curve cannot be agreed with.
        device.shared(&PrivateKey::generate(&ECDH_P256).ok()?)?;
        Some(device)
    }

    /// None if it is too long.
    pub fn encrypt(&self, plain: &[u8]) -> Option<Vec<u8>> {
        let mut salt = [0; SALT_BYTES];
        rand::fill(&mut salt).ok()?;
        let room = plain.len().next_multiple_of(STEP_BYTES);
        let room = room.min(PLAIN_BYTES_MAX);
        self.encrypt_with(&PrivateKey::generate(&ECDH_P256).ok()?, salt, plain, room)
    }

    /// `room`: bytes that the text is padded to.
    fn encrypt_with(
        &self,
        own: &PrivateKey,
        salt: [u8; SALT_BYTES],
        plain: &[u8],
        room: usize,
    ) -> Option<Vec<u8>> {
        if plain.len() > room || room > PLAIN_BYTES_MAX {
            return None;
        }
        let point = own.compute_public_key().ok()?;
        let secret = self.shared(own)?;
        let context = [b"WebPush: info\0", &self.point[..], point.as_ref(), &[1]].concat();
        let material = hmac_sha256(&hmac_sha256(&self.auth, &secret), &context);
        let seed = hmac_sha256(&salt, &material);
        let key = hmac_sha256(&seed, b"Content-Encoding: aes128gcm\0\x01");
        let nonce = hmac_sha256(&seed, b"Content-Encoding: nonce\0\x01");
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key[..16]).ok()?);
        let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).ok()?;
        // The last record ends with 2, then zeros.
        let mut record = [plain, &[2]].concat();
        record.resize(room + 1, 0);
        key.seal_in_place_append_tag(nonce, Aad::empty(), &mut record)
            .ok()?;
        let size = RECORD_BYTES.to_be_bytes();
        let head = [&salt[..], &size, &[POINT_BYTES as u8], point.as_ref()].concat();
        Some([head, record].concat())
    }

    fn shared(&self, own: &PrivateKey) -> Option<Vec<u8>> {
        let peer = UnparsedPublicKey::new(&ECDH_P256, &self.point);
        agreement::agree(own, peer, (), |secret| Ok(secret.to_vec())).ok()
    }
}

fn hmac_sha256(key: &[u8], text: &[u8]) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, text).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    const P256DH: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

    /// The example of RFC 8291, section 5 and appendix A.
    #[test]
    fn the_example_of_the_standard_comes_out() {
        let device = Device::of(P256DH, AUTH).unwrap();
        let own = BASE64
            .decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
            .unwrap();
        let own = PrivateKey::from_private_key(&ECDH_P256, &own).unwrap();
        let salt = BASE64.decode("DGv6ra1nlYgDCS1FRnbzlw").unwrap();
        let text = b"When I grow up, I want to be a watermelon";
        let salt = salt.try_into().unwrap();
        let body = device.encrypt_with(&own, salt, text, text.len()).unwrap();
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml\
            mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZ\
            wbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(BASE64.encode(&body).trim_end_matches('='), expected);
    }

    #[test]
    fn lengths_say_little_and_have_a_limit() {
        let device = Device::of(P256DH, AUTH).unwrap();
        let length = |bytes| device.encrypt(&vec![b'x'; bytes]).map(|body| body.len());
        assert_eq!(length(1), length(512));
        assert_ne!(length(512), length(513));
        assert_eq!(length(PLAIN_BYTES_MAX), Some(4096));
        assert_eq!(length(PLAIN_BYTES_MAX + 1), None);
    }

    #[test]
    fn what_is_no_key_is_no_device() {
        let off_the_curve = BASE64.encode([4; POINT_BYTES]);
        for (p256dh, auth) in [
            ("", AUTH),
            (P256DH, ""),
            (P256DH, "AAAA"),
            (&off_the_curve, AUTH),
            ("%%%", AUTH),
        ] {
            assert!(Device::of(p256dh, auth).is_none(), "{p256dh} {auth}");
        }
    }
}
