//! The demo: a believable workspace, made through ordinary commands.

use tenon_engine::Engine;
use tenon_protocol::credential::DemoAccount;

/// The accounts that the sign-in page offers.
pub fn accounts() -> Vec<DemoAccount> {
    Vec::new()
}

/// How to sign in, for the terminal.
pub fn hints() -> Vec<String> {
    Vec::new()
}

/// Fills an empty server.
pub async fn seed(_engine: &Engine) -> anyhow::Result<()> {
    Ok(())
}
