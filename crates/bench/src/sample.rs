//! Latencies, and what of them is reported.

use std::time::Duration;

/// Latencies in microseconds, kept whole: a run is bounded, so is this.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    micros: Vec<u32>,
}

/// Limit: samples of one run; later ones are not kept.
const SAMPLES_MAX: usize = 20_000_000;

impl Samples {
    pub fn push_micros(&mut self, micros: u64) {
        if self.micros.len() < SAMPLES_MAX {
            self.micros.push(u32::try_from(micros).unwrap_or(u32::MAX));
        }
    }

    pub fn push(&mut self, time: Duration) {
        self.push_micros(time.as_micros() as u64);
    }

    pub fn len(&self) -> usize {
        self.micros.len()
    }

    pub fn is_empty(&self) -> bool {
        self.micros.is_empty()
    }

    pub fn extend(&mut self, other: &Samples) {
        self.micros.extend_from_slice(&other.micros);
    }

    /// The sample that this share (0 to 1) of all are not above, milliseconds; 0 without samples.
    pub fn quantile_ms(&mut self, share: f64) -> f64 {
        if self.micros.is_empty() {
            return 0.0;
        }
        let rank = (share * self.micros.len() as f64).ceil() as usize;
        let index = rank.clamp(1, self.micros.len()) - 1;
        let (_, value, _) = self.micros.select_nth_unstable(index);
        f64::from(*value) / 1_000.0
    }

    /// `p50 1.2 ms, p99 3.4 ms, p99.9 5.6 ms`
    pub fn describe(&mut self) -> String {
        let [p50, p99, p999] = [0.5, 0.99, 0.999].map(|share| self.quantile_ms(share));
        format!("p50 {p50:.2} ms, p99 {p99:.2} ms, p99.9 {p999:.2} ms")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_samples() {
        let mut samples = Samples::default();
        assert_eq!(samples.quantile_ms(0.5), 0.0);
        (1..=1_000)
            .rev()
            .for_each(|ms| samples.push(Duration::from_millis(ms)));
        assert_eq!(samples.quantile_ms(0.5), 500.0);
        assert_eq!(samples.quantile_ms(0.99), 990.0);
        assert_eq!(samples.quantile_ms(1.0), 1_000.0);
        assert_eq!(samples.quantile_ms(0.0), 1.0);
    }
}
