//! Passwords: argon2id on a few threads of their own, so that sign-ins cannot starve the rest.

use crate::Failure;
use argon2::{
    Argon2, PasswordHash, PasswordHasher, PasswordVerifier,
    password_hash::{SaltString, rand_core::OsRng},
};
use std::sync::LazyLock;
use tenon_domain::refusal::Refusal;
use tokio::{sync::Semaphore, task};

/// Limit: passwords hashed at once; each takes 19 MiB and tens of milliseconds.
static SLOTS: Semaphore = Semaphore::const_new(2);

/// Everywhere, and in a workspace that has yet to be made.
const CHARS_MIN: usize = 8;
const CHARS_MAX: usize = 200;

/// Compared with when there is no account, so that time does not tell whether there is one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password"));

/// PHC string of argon2id with OWASP's parameters (19 MiB, 2 passes). `chars_min`: what the
/// workspace asks for.
pub(crate) async fn hash(password: String, chars_min: u32) -> Result<String, Failure> {
    let chars = password.chars().count();
    if !(CHARS_MIN..=CHARS_MAX).contains(&chars) {
        return Err(Refusal::BadPassword.into());
    }
    if chars < chars_min as usize {
        return Err(Refusal::ShortPassword { chars_min }.into());
    }
    on_slot(move || hash_now(&password)).await
}

/// Whether the password is the one; without a hash always false, after the same time.
pub(crate) async fn verify(password: String, hash: Option<String>) -> Result<bool, Failure> {
    if password.chars().count() > CHARS_MAX {
        return Ok(false);
    }
    on_slot(move || {
        let text = hash.as_deref().unwrap_or(&NOBODY);
        let matches = PasswordHash::new(text).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        });
        matches && hash.is_some()
    })
    .await
}

async fn on_slot<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    let _slot = SLOTS.acquire().await.map_err(|_| Failure::Unavailable)?;
    task::spawn_blocking(work)
        .await
        .map_err(|error| Failure::Bug(error.to_string()))
}

fn hash_now(password: &str) -> String {
    let salt = SaltString::generate(&mut OsRng);
    // Fails only for parameters that are wrong in themselves; an empty hash matches nothing.
    Argon2::default()
        .hash_password(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .unwrap_or_default()
}
