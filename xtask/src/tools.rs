//! What must be on the machine: found, installed where we may, named exactly where we may not.

use crate::process;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

pub const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// A program or file that the tests need, and the Debian package that brings it.
struct Need {
    what: &'static str,
    package: &'static str,
    is_there: fn() -> bool,
}

const NEEDS: &[Need] = &[
    Need {
        what: "PostgreSQL",
        package: "postgresql",
        is_there: || postgres().is_some(),
    },
    Need {
        what: "Chromium",
        package: "chromium",
        is_there: || chromium().is_some(),
    },
    Need {
        what: "a Chinese font",
        package: "fonts-noto-cjk",
        is_there: has_chinese_font,
    },
    Need {
        what: "Python 3 with venv",
        package: "python3-venv",
        is_there: has_venv,
    },
];

/// Node and npm new enough for the web UI's build; the error says what to install.
pub fn check_node() -> Result<(), String> {
    let wanted = "the web UI is built with Node 20.19 or newer (22.12 or newer of the 22 series)";
    let hint = "Install it from https://nodejs.org/ or with your package manager, then try again.";
    let version = Command::new("node")
        .arg("--version")
        .output()
        .map_err(|_| format!("Node is missing: {wanted}. {hint}"))?;
    let version = String::from_utf8_lossy(&version.stdout).trim().to_string();
    if !is_node_new_enough(&version) {
        return Err(format!("Node {version} is too old: {wanted}. {hint}"));
    }
    if !process::succeeds(NPM, &["--version"]) {
        return Err(format!(
            "npm is missing: it comes with Node, or as a package `npm`. {hint}"
        ));
    }
    Ok(())
}

/// The bundled SQLite is compiled with the machine's C compiler.
pub fn check_c_compiler() -> Result<(), String> {
    let chosen = env::var("CC").ok();
    let found = chosen
        .as_deref()
        .into_iter()
        .chain(["cc", "gcc", "clang"])
        .any(is_program);
    if found || cfg!(windows) {
        return Ok(());
    }
    Err(
        "a C compiler is missing: SQLite is compiled into the program. Install one (on Debian \
         `apt-get install build-essential`, on macOS `xcode-select --install`), then try again."
            .to_string(),
    )
}

/// Installs what tests need; if we may not, names all that is missing at once.
pub fn provide_for_tests() -> Result<(), String> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.is_there)()).collect();
    if missing.is_empty() {
        provide_chromium_shell();
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if let (Some(mut update), Some(mut install)) = (apt(), apt()) {
        println!("Installing {}.", packages.join(", "));
        process::run(update.args(["update", "--quiet"]))?;
        install.args(["install", "--yes", "--quiet", "--no-install-recommends"]);
        process::run(install.args(&packages))?;
    }
    let still: Vec<String> = NEEDS
        .iter()
        .filter(|need| !(need.is_there)())
        .map(|need| format!("{} (Debian package `{}`)", need.what, need.package))
        .collect();
    if still.is_empty() {
        provide_chromium_shell();
        return Ok(());
    }
    Err(format!(
        "the tests need {}. Install that, then try again.",
        still.join(", ")
    ))
}

/// Chromium without its windows takes a third less processor time. Most stories need no more, and
/// where the system has no package of it they use the whole one.
fn provide_chromium_shell() {
    let is_offered = || process::succeeds("apt-cache", &["show", CHROMIUM_SHELL]);
    if chromium_shell().is_some() || !is_offered() {
        return;
    }
    if let Some(mut install) = apt() {
        println!("Installing {CHROMIUM_SHELL}.");
        install.args(["install", "--yes", "--quiet", "--no-install-recommends"]);
        if let Err(sentence) = process::run(install.arg(CHROMIUM_SHELL)) {
            println!("It goes without: {sentence}");
        }
    }
}

/// A Python of our own below `folder`, with exactly the packages of `requirements`.
pub fn python(folder: &Path, requirements: &Path) -> Result<PathBuf, String> {
    let python = folder.join("bin/python");
    let stamp = folder.join("requirements.txt");
    let wanted = fs::read(requirements)
        .map_err(|error| format!("cannot read {}: {error}.", requirements.display()))?;
    if python.exists() && fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    process::run(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(folder),
    )?;
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
    ]);
    process::run(pip.arg(requirements))?;
    fs::write(&stamp, wanted)
        .map_err(|error| format!("cannot write {}: {error}.", stamp.display()))?;
    Ok(python)
}

/// Also the name of Debian's package.
const CHROMIUM_SHELL: &str = "chromium-headless-shell";

/// The browser of stories that need nothing of its windows.
pub fn chromium_shell() -> Option<PathBuf> {
    find(CHROMIUM_SHELL)
}

/// The whole browser.
pub fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| find(name))
}

/// The PostgreSQL server program; Debian keeps it out of the path.
pub fn postgres() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut found: Vec<PathBuf> = versions
        .map(|version| version.path().join("bin/postgres"))
        .filter(|p| p.exists())
        .collect();
    found.sort();
    find("postgres").or_else(|| found.pop())
}

/// `apt-get`, if there is one and it may be used without asking.
fn apt() -> Option<Command> {
    find("apt-get")?;
    let mut command = Command::new("apt-get");
    if !is_root() {
        if !process::succeeds("sudo", &["-n", "true"]) {
            return None;
        }
        command = Command::new("sudo");
        command.args(["-n", "--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
    }
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Some(command)
}

fn is_root() -> bool {
    process::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn has_chinese_font() -> bool {
    // `fc-list` is a package of its own, which the font does not bring.
    let debian = Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");
    let list = Command::new("fc-list")
        .args([":lang=zh-cn", "family"])
        .output();
    debian.exists() || list.is_ok_and(|fonts| !fonts.stdout.trim_ascii().is_empty())
}

fn has_venv() -> bool {
    process::succeeds("python3", &["-c", "import venv, ensurepip"])
}

fn is_program(name: &str) -> bool {
    Path::new(name).is_file() || find(name).is_some()
}

fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// Takes what `node --version` prints: `v20.19.0`.
fn is_node_new_enough(version: &str) -> bool {
    let mut parts = version
        .trim_start_matches('v')
        .split('.')
        .map(|part| part.parse::<u32>());
    match (parts.next(), parts.next()) {
        (Some(Ok(20)), Some(Ok(minor))) => minor >= 19,
        (Some(Ok(22)), Some(Ok(minor))) => minor >= 12,
        (Some(Ok(major)), Some(Ok(_))) => major > 22,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_which_node_builds_the_web_ui() {
        let new_enough = ["v20.19.0", "v20.20.2", "v22.12.0", "v24.1.0"];
        let too_old = ["v18.19.1", "v20.18.9", "v21.7.0", "v22.11.0", "", "node"];
        assert!(new_enough.iter().all(|version| is_node_new_enough(version)));
        assert!(!too_old.iter().any(|version| is_node_new_enough(version)));
    }
}
