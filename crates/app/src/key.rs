//! The key in the data directory that opens what the database keeps encrypted. Made at first start;
//! whoever has only the database, or a backup of it, opens nothing.

use anyhow::{Context, bail};
use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    path::Path,
};
use tenon_engine::VAULT_KEY_BYTES;

const FILE: &str = "tenon.key";

/// Reads the key, or makes one. Servers that share a database share the directory, and so the key.
pub fn secret_key(directory: &Path) -> anyhow::Result<[u8; VAULT_KEY_BYTES]> {
    let path = directory.join(FILE);
    if !path.exists() {
        make(directory, &path)?;
    }
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    match parse(text.trim()) {
        Some(key) => Ok(key),
        None => bail!(
            "{} is no key; put back the one that was there, or remove it: then browsers are asked \
             for push notifications anew",
            path.display()
        ),
    }
}

/// Whole or not at all; of several servers that start together the first wins.
fn make(directory: &Path, path: &Path) -> anyhow::Result<()> {
    let key: [u8; VAULT_KEY_BYTES] = rand::random();
    let mut text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    text.push('\n');
    let draft = directory.join(format!("{FILE}.{}", std::process::id()));
    let written = write(&draft, &text).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => File::open(directory)?.sync_all(),
    });
    let _ = fs::remove_file(&draft);
    written.with_context(|| format!("{} cannot be written", path.display()))
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn parse(text: &str) -> Option<[u8; VAULT_KEY_BYTES]> {
    if text.len() != 2 * VAULT_KEY_BYTES || !text.is_ascii() {
        return None;
    }
    let byte = |at: usize| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok();
    let bytes: Option<Vec<u8>> = (0..VAULT_KEY_BYTES).map(byte).collect();
    bytes?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_is_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let key = secret_key(folder.path()).unwrap();
        assert_eq!(secret_key(folder.path()).unwrap(), key);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let file = fs::metadata(folder.path().join(FILE)).unwrap();
            assert_eq!(file.permissions().mode() & 0o777, 0o600);
        }
        let other = tempfile::tempdir().unwrap();
        assert_ne!(secret_key(other.path()).unwrap(), key);
    }

    #[test]
    fn what_is_no_key_is_said_so() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "hello").unwrap();
        let error = secret_key(folder.path()).unwrap_err().to_string();
        assert!(error.contains("is no key"), "{error}");
    }
}
