//! When something that others did not take is tried again.

use jiff::SignedDuration;
use tenon_protocol::Timestamp;

/// How long to go on: the pause doubles after each attempt.
#[derive(Clone, Copy, Debug)]
pub struct Retry {
    /// Limit: attempts.
    pub attempts_max: i64,
    /// After the first, seconds.
    pub pause_s: i64,
    /// Limit: pause between two attempts, seconds.
    pub pause_max_s: i64,
    /// Limit: seconds since it was told.
    pub ttl_s: i64,
}

impl Retry {
    /// When to try again after so many attempts, or not at all. `asked_s`: what the other side
    /// asked for, seconds.
    pub fn next(
        &self,
        attempts: i64,
        asked_s: Option<i64>,
        told: Timestamp,
        now: Timestamp,
    ) -> Option<Timestamp> {
        if attempts >= self.attempts_max {
            return None;
        }
        let pause = self.pause_s << attempts.clamp(1, 20) >> 1;
        let pause = pause.min(self.pause_max_s).max(asked_s.unwrap_or(0));
        let next = now.checked_add(SignedDuration::from_secs(pause)).ok()?;
        let end = told
            .checked_add(SignedDuration::from_secs(self.ttl_s))
            .ok()?;
        (next < end).then_some(next)
    }
}
