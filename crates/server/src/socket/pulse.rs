//! Whether the other side of a socket is still there: when to ask, and when to give up.

use crate::limits::{PING_INTERVAL, SILENCE_MAX};
use std::pin::Pin;
use tokio::time::{self, Instant, Sleep};

/// What to do when it rings.
#[derive(Debug, PartialEq)]
pub enum Beat {
    Ping,
    GiveUp,
}

/// The signs of life of one socket.
pub struct Pulse {
    heard_at: Instant,
    ping_at: Instant,
    alarm: Pin<Box<Sleep>>,
}

impl Pulse {
    /// Heard just now.
    pub fn new() -> Self {
        let now = Instant::now();
        Self {
            heard_at: now,
            ping_at: now + PING_INTERVAL,
            alarm: Box::pin(time::sleep(PING_INTERVAL)),
        }
    }

    /// The other side said something.
    pub fn hear(&mut self) {
        self.heard_at = Instant::now();
    }

    /// Waits until there is something to do. Cancel-safe.
    pub async fn ring(&mut self) -> Beat {
        loop {
            self.alarm.as_mut().await;
            let beat = self.beat(Instant::now());
            let next = self.next();
            self.alarm.as_mut().reset(next);
            if let Some(beat) = beat {
                return beat;
            }
        }
    }

    /// What is due now, if anything is.
    fn beat(&mut self, now: Instant) -> Option<Beat> {
        if now >= self.heard_at + SILENCE_MAX {
            return Some(Beat::GiveUp);
        }
        if now < self.ping_at {
            return None;
        }
        self.ping_at = now + PING_INTERVAL;
        Some(Beat::Ping)
    }

    fn next(&self) -> Instant {
        self.ping_at.min(self.heard_at + SILENCE_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_silent_socket_is_asked_and_then_given_up() {
        let mut pulse = Pulse::new();
        let begin = pulse.heard_at;
        assert_eq!(pulse.beat(begin), None);
        for pings in 1..=2 {
            assert_eq!(pulse.next(), begin + PING_INTERVAL * pings);
            assert_eq!(pulse.beat(pulse.next()), Some(Beat::Ping));
        }
        assert_eq!(pulse.next(), begin + SILENCE_MAX);
        assert_eq!(pulse.beat(pulse.next()), Some(Beat::GiveUp));
    }

    #[tokio::test]
    async fn a_sign_of_life_gives_it_the_whole_time_again() {
        let mut pulse = Pulse::new();
        let begin = pulse.heard_at;
        assert_eq!(pulse.beat(begin + SILENCE_MAX / 2), Some(Beat::Ping));
        pulse.heard_at = begin + SILENCE_MAX / 2;
        assert_eq!(pulse.beat(begin + SILENCE_MAX), Some(Beat::Ping));
        let end = begin + SILENCE_MAX / 2 + SILENCE_MAX;
        assert_eq!(pulse.beat(end), Some(Beat::GiveUp));
    }

    #[tokio::test]
    async fn the_alarm_follows() {
        let mut pulse = Pulse::new();
        pulse.alarm.as_mut().reset(Instant::now());
        pulse.ping_at = Instant::now();
        assert_eq!(pulse.ring().await, Beat::Ping);
        assert_eq!(pulse.alarm.deadline(), pulse.next());
    }
}
