//! Where things are: the repository's folders, its files, and what was built from them.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Never ours: made by tools, or by running the program here.
const SKIPPED: &[&str] = &[".git", "target", "node_modules", "dist", "test-results"];

/// The folder that holds the root `Cargo.toml`.
pub fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map_or(here.clone(), Path::to_path_buf)
}

/// The folder of the web UI.
pub fn web() -> PathBuf {
    root().join("web")
}

/// Cargo's target folder: this program lies in `TARGET/debug`.
pub fn target() -> PathBuf {
    env::current_exe()
        .ok()
        .and_then(|exe| Some(exe.parent()?.parent()?.to_path_buf()))
        .unwrap_or_else(|| root().join("target"))
}

/// The built program; `profile` is `debug` or `release`.
pub fn binary(profile: &str) -> PathBuf {
    target()
        .join(profile)
        .join(format!("tenon{}", env::consts::EXE_SUFFIX))
}

/// All files below `folder` that are part of the repository, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            let is_skipped =
                SKIPPED.iter().any(|skipped| name == *skipped) || path == root().join("data");
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !is_skipped => folders.push(path),
                Ok(kind) if kind.is_file() => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// When anything among these files and folders last changed; deletions count as changes of the
/// folder they happened in.
pub fn newest(paths: &[PathBuf]) -> Option<SystemTime> {
    let mut times: Vec<SystemTime> = Vec::new();
    for path in paths {
        times.extend(changed(path));
        if path.is_dir() {
            for file in files(path) {
                times.extend(changed(&file));
                times.extend(file.parent().and_then(changed));
            }
        }
    }
    times.into_iter().max()
}

/// When a file or folder itself last changed; nothing if it does not exist.
pub fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|meta| meta.modified()).ok()
}
