//! Named limits of this doorway, and the rates at which those who are not signed in may knock.

use crate::errors::{Answer, Problem};
use governor::{
    DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use std::{hash::Hash, net::IpAddr, num::NonZeroU32, time::Duration};
use tenon_protocol::{ErrorCode, HookId};

/// Limit: open connections, HTTP and sockets together; more wait to be accepted.
pub const CONNECTIONS_MAX: usize = 50_000;
/// Limit: time for the first request of a connection to arrive, head and all.
pub const FIRST_HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Limit: time a kept-alive connection may wait for its next request.
pub const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(75);
/// Limit: time for the body of a request to arrive.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// Limit: bytes of a too large body that are read and thrown away, so that the sender gets to
/// read the refusal instead of a broken pipe.
pub const BODY_DISCARDED_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Limit: bytes of an upload besides the file itself.
pub const FORM_BYTES_MAX: u64 = 64 * 1024;
/// Limit: time that open requests and sockets get to finish when the server stops.
pub const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);

/// Limit: commands of one socket that are not answered yet; then it is not read.
pub const COMMANDS_IN_FLIGHT_MAX: usize = 64;
/// Limit: frames fed to a socket before one flush.
pub const FRAMES_PER_FLUSH_MAX: usize = 32;
/// Limit: bytes gathered for a socket before they are written. A socket keeps room for about
/// this much after its first busy moment.
pub const WRITE_BUFFER_BYTES: usize = 8 * 1024;
/// Limit: bytes of one fragment of a larger frame; with its header it fills a page.
pub const FRAGMENT_BYTES: usize = 4 * 1024 - 4;
/// Limit: bytes waiting for one socket; the gathered ones and one fragment fit.
pub const WRITE_BUFFER_BYTES_MAX: usize = 64 * 1024;
/// Bytes read from a socket at once; a usual command fits. Every idle socket holds this much.
pub const READ_BUFFER_BYTES: usize = 1024;
/// Limit: signals that one socket may send in a second; more reach nobody.
pub const SIGNALS_PER_SECOND_MAX: u32 = 20;
/// Limit: time for `hello` to arrive.
pub const HELLO_TIMEOUT: Duration = Duration::from_secs(10);
/// Time between pings.
pub const PING_INTERVAL: Duration = Duration::from_secs(25);
/// Limit: time without a sign of life before a socket is cut.
pub const SILENCE_MAX: Duration = Duration::from_secs(60);
/// Limit: time a write may wait for the other side.
pub const WRITE_STALL_MAX: Duration = Duration::from_secs(30);

/// Limit: requests of one address to routes that need no sign-in, at once.
pub const STRANGER_BURST: u32 = 3_000;
/// Limit: the same, per second in the long run.
pub const STRANGER_RATE: u32 = 30;
/// Limit: messages of one incoming hook, at once.
pub const HOOK_BURST: u32 = 200;
/// Limit: the same, per second in the long run.
pub const HOOK_RATE: u32 = 20;
/// Ends the text of a hook's message that was longer than a message can be.
pub const TEXT_CUT_MARK: &str = "\n… (cut)";
/// Limit: alerts that one notification lists; more are counted.
pub const ALERTS_LISTED_MAX: usize = 20;
/// Keys of a limiter after which those at rest are forgotten.
const LIMITER_KEYS_SOFT_MAX: usize = 10_000;

/// The rates of one server.
pub struct Rates {
    strangers: DefaultKeyedRateLimiter<IpAddr>,
    hooks: DefaultKeyedRateLimiter<HookId>,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            strangers: RateLimiter::keyed(quota(STRANGER_RATE, STRANGER_BURST)),
            hooks: RateLimiter::keyed(quota(HOOK_RATE, HOOK_BURST)),
        }
    }
}

impl Rates {
    /// Counts one request of somebody who is not signed in. Refusal: `rate_limited`.
    pub fn check_stranger(&self, ip: IpAddr) -> Answer<()> {
        check(&self.strangers, network(ip))
    }

    /// Counts one message of an incoming hook. Refusal: `rate_limited`.
    pub fn check_hook(&self, hook: HookId) -> Answer<()> {
        check(&self.hooks, hook)
    }
}

/// The rate of signals of one socket.
pub fn signal_rate() -> DefaultDirectRateLimiter {
    RateLimiter::direct(quota(SIGNALS_PER_SECOND_MAX, SIGNALS_PER_SECOND_MAX))
}

fn check<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: K) -> Answer<()> {
    if limiter.len() > LIMITER_KEYS_SOFT_MAX {
        limiter.retain_recent();
    }
    limiter.check_key(&key).map_err(|until| {
        let wait = until.wait_time_from(DefaultClock::default().now());
        let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        Problem::new(
            ErrorCode::RateLimited,
            "Too many requests. Wait a moment, then try again.",
        )
        .after(ms)
    })
}

fn quota(rate: u32, burst: u32) -> Quota {
    Quota::per_second(at_least_one(rate)).allow_burst(at_least_one(burst))
}

fn at_least_one(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN)
}

/// One household has a whole /64 of IPv6 addresses; it counts as one.
pub fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((u128::from(v6) & (u128::MAX << 64)).into()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_refused_and_told_when_to_return() {
        let rates = Rates::default();
        let ip: IpAddr = "203.0.113.7".parse().unwrap();
        let refusal = (0..=STRANGER_BURST + STRANGER_RATE * 60)
            .find_map(|_| rates.check_stranger(ip).err())
            .unwrap();
        assert_eq!(refusal.code, ErrorCode::RateLimited);
        assert!(refusal.retry_after_ms.is_some());
        assert!(rates.check_stranger("203.0.113.8".parse().unwrap()).is_ok());
    }

    #[test]
    fn neighbours_in_one_ipv6_network_share_their_rate() {
        let one = network("2001:db8::1".parse().unwrap());
        assert_eq!(one, network("2001:db8::ffff:1".parse().unwrap()));
        assert_ne!(one, network("2001:db8:0:1::1".parse().unwrap()));
        assert_eq!(
            network("::ffff:192.0.2.1".parse().unwrap()),
            "192.0.2.1".parse::<IpAddr>().unwrap()
        );
    }
}
