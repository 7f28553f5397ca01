//! How long the disk takes to make a write durable: the floor under every confirmed command.

use crate::sample::Samples;
use std::{
    fs::OpenOptions,
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

/// Appends 4 KiB and syncs, one after the other, for so long (at most 2,000 times). The file goes
/// away again.
pub fn sync_times(folder: &Path, time: Duration) -> anyhow::Result<Samples> {
    const APPENDS_MAX: usize = 2_000;
    let path = folder.join("sync-probe");
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .open(&path)?;
    let mut samples = Samples::default();
    let deadline = Instant::now() + time;
    while samples.len() < APPENDS_MAX && (samples.is_empty() || Instant::now() < deadline) {
        file.write_all(&[0x5A; 4096])?;
        let begin = Instant::now();
        file.sync_data()?;
        samples.push(begin.elapsed());
    }
    std::fs::remove_file(&path)?;
    Ok(samples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probe_measures_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        assert!(
            !sync_times(folder.path(), Duration::ZERO)
                .unwrap()
                .is_empty()
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
