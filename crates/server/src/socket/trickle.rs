//! How many signals a socket may send: they cost everyone who hears them.

use crate::limits::SIGNALS_PER_SECOND_MAX;
use std::time::Duration;
use tokio::time::Instant;

const SECOND: Duration = Duration::from_secs(1);

pub struct Trickle {
    /// When the second began in which these were sent.
    since: Instant,
    sent: u32,
}

impl Trickle {
    pub fn new(now: Instant) -> Self {
        Self {
            since: now,
            sent: 0,
        }
    }

    /// Whether one more is passed on.
    pub fn may_send(&mut self, now: Instant) -> bool {
        if now.duration_since(self.since) >= SECOND {
            *self = Self::new(now);
        }
        self.sent += 1;
        self.sent <= SIGNALS_PER_SECOND_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_for_a_second_is_dropped() {
        let begin = Instant::now();
        let mut trickle = Trickle::new(begin);
        let sent = (0..100).filter(|_| trickle.may_send(begin)).count();
        assert_eq!(sent, SIGNALS_PER_SECOND_MAX as usize);
        assert!(trickle.may_send(begin + SECOND));
    }
}
