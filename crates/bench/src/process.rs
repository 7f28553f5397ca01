//! What a process used: processor time and memory, read from `/proc`. Elsewhere than on Linux
//! every answer is None, and the rows that need it say so.

use std::{fs, time::Duration};

/// Processor time of the process so far, all threads, user and system.
pub fn cpu_time(pid: u32) -> Option<Duration> {
    parse_cpu_time(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// Processor time of the process and of its present children (a database's back ends).
pub fn cpu_time_of_tree(pid: u32) -> Option<Duration> {
    let own = cpu_time(pid)?;
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).ok()?;
    let times = children
        .split_whitespace()
        .filter_map(|child| cpu_time(child.parse().ok()?));
    Some(times.fold(own, |sum, time| sum + time))
}

/// Resident memory, bytes.
pub fn resident_bytes(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    parse_kilobytes(&status, "VmRSS:").map(|kilobytes| kilobytes * 1024)
}

/// Cores' worth of time that all processes of the machine have used since it started, seconds.
pub fn machine_busy_seconds() -> Option<f64> {
    let text = fs::read_to_string("/proc/stat").ok()?;
    let fields: Vec<u64> = text
        .lines()
        .next()?
        .split_whitespace()
        .skip(1)
        .filter_map(|n| n.parse().ok())
        .collect();
    // user nice system, then idle and iowait, then irq softirq steal.
    let busy: u64 = fields
        .iter()
        .take(3)
        .chain(fields.iter().skip(5).take(2))
        .sum();
    Some(busy as f64 / ticks_per_second())
}

fn ticks_per_second() -> f64 {
    rustix::param::clock_ticks_per_second() as f64
}

fn parse_cpu_time(stat: &str) -> Option<Duration> {
    // The name in parentheses may itself hold blanks and parentheses.
    let fields: Vec<&str> = stat
        .get(stat.rfind(')')? + 1..)?
        .split_whitespace()
        .collect();
    let user: u64 = fields.get(11)?.parse().ok()?;
    let system: u64 = fields.get(12)?.parse().ok()?;
    Some(Duration::from_secs_f64(
        (user + system) as f64 / ticks_per_second(),
    ))
}

fn parse_kilobytes(status: &str, key: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with(key))?;
    line[key.len()..].split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stat_is_read_past_a_name_with_parentheses() {
        let stat = "42 (a ) (b) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 3 0 9 1 2";
        let expected = Duration::from_secs_f64(300.0 / ticks_per_second());
        assert_eq!(parse_cpu_time(stat), Some(expected));
        assert_eq!(parse_cpu_time("42 (cut off) S 1"), None);
    }

    #[test]
    fn resident_memory_is_found_by_its_key() {
        let status = "Name:\ttenon\nVmPeak:\t  999 kB\nVmRSS:\t  2048 kB\nThreads:\t4\n";
        assert_eq!(parse_kilobytes(status, "VmRSS:"), Some(2048));
        assert_eq!(parse_kilobytes(status, "VmSwap:"), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_process_has_memory_and_time() {
        let pid = std::process::id();
        assert!(resident_bytes(pid).unwrap() > 100_000);
        // Its own first: time goes on between the two.
        let own = cpu_time(pid).unwrap();
        assert!(cpu_time_of_tree(pid).unwrap() >= own);
        assert!(machine_busy_seconds().unwrap() > 0.0);
    }
}
