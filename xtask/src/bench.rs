//! `cargo xtask bench`: the benchmarks of `tenon bench`, on a release build.

use crate::{process, repository, run};
use std::process::Command;

/// `arguments` go to `tenon bench`.
pub fn bench(arguments: &[String]) -> Result<(), String> {
    run::build_release()?;
    let mut tenon = Command::new(repository::binary("release"));
    process::run(
        tenon
            .arg("bench")
            .args(arguments)
            .current_dir(repository::root()),
    )
}
