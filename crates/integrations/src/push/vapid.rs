//! Who sends a push: a token signed with the server's key (VAPID, RFC 8292). Browsers bind a
//! subscription to that key, so nobody else can push to it.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use url::Url;

/// How long a token holds; services refuse more than a day.
const HOLDS: Duration = Duration::from_secs(12 * 3600);

/// PKCS#8.
pub(super) fn make_key() -> Vec<u8> {
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
    // Without randomness from the system nothing here is safe: better to stop.
    let made = made.unwrap_or_else(|_| panic!("no randomness"));
    made.as_ref().to_vec()
}

fn pair(key: &[u8]) -> Option<EcdsaKeyPair> {
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key).ok()
}

/// base64url of the uncompressed point.
pub(super) fn public_key(key: &[u8]) -> Option<String> {
    Some(URL_SAFE_NO_PAD.encode(pair(key)?.public_key().as_ref()))
}

/// The header `Authorization`. `base_url`: where this server is, for the push service's operators.
pub(super) fn authorization(
    key: &[u8],
    endpoint: &Url,
    base_url: &str,
    now: SystemTime,
) -> Option<String> {
    let pair = pair(key)?;
    let until = now.checked_add(HOLDS)?.duration_since(UNIX_EPOCH).ok()?;
    let claims = json!({
        "aud": endpoint.origin().ascii_serialization(),
        "exp": until.as_secs(),
        "sub": contact(base_url),
    });
    let head = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
    let text = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let signature = pair.sign(&SystemRandom::new(), text.as_bytes()).ok()?;
    let signature = URL_SAFE_NO_PAD.encode(signature.as_ref());
    let public = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
    Some(format!("vapid t={text}.{signature}, k={public}"))
}

/// An address of the web, or of mail where there is none: other forms are refused.
fn contact(base_url: &str) -> String {
    let url = Url::parse(base_url).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or("localhost");
    match &url {
        Some(url) if url.scheme() == "https" => url.origin().ascii_serialization(),
        _ => format!("mailto:postmaster@{host}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contact_is_one_that_services_take() {
        assert_eq!(
            contact("https://chat.example.com/"),
            "https://chat.example.com"
        );
        assert_eq!(
            contact("http://localhost:8080"),
            "mailto:postmaster@localhost"
        );
        assert_eq!(contact(""), "mailto:postmaster@localhost");
    }
}
