//! HTTP and WebSocket: parse, call the engine, print. No rules and no SQL live here.
//!
//! Start at `router.rs` (every URL), then `socket.rs` (the live connection). The program `tenon`
//! calls [`serve`]; tests call it in process.

mod answer;
mod api;
mod assets;
mod connection;
mod errors;
mod held;
mod identity;
mod limits;
mod observe;
mod openapi;
mod request;
mod rest_of_body;
mod router;
mod slack;
mod socket;
mod unreadable;

pub use connection::serve;
pub use openapi::document;

use ipnet::IpNet;
use limits::Rates;
use std::{net::IpAddr, sync::Arc};
use tenon_engine::Engine;

/// What an operator may choose about this doorway.
#[derive(Clone, Debug, Default)]
pub struct ServerConfig {
    /// `https://chat.example.com`, when it differs from what the client's `Host` says.
    pub public_url: Option<String>,
    /// Browsers always come by https, whatever this server sees of it.
    pub secure_cookies: bool,
    /// Proxies whose `X-Forwarded-…` headers are believed.
    pub trusted_proxies: Vec<IpNet>,
}

impl ServerConfig {
    fn trusts(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.trusted_proxies
            .iter()
            .any(|network| network.contains(&ip))
    }
}

/// What every handler can reach.
struct Server {
    engine: Engine,
    config: ServerConfig,
    rates: Rates,
}

type Shared = Arc<Server>;
