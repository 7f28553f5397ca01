//! The web UI's packages and build, done again only when something changed.

use crate::{
    process,
    repository::{self, changed, newest},
    tools,
};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// What the built UI is made of.
const SOURCES: &[&str] = &[
    "src",
    "public",
    "index.html",
    "vite.config.ts",
    "tsconfig.json",
    "package-lock.json",
];

/// `npm` in the folder of the web UI.
pub fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(tools::NPM);
    command.args(arguments).current_dir(repository::web());
    command
}

/// Installs the locked packages of `folder` if they are missing or older than the lock.
pub fn install(folder: &Path) -> Result<(), String> {
    tools::check_node()?;
    let lock = changed(&folder.join("package-lock.json"));
    // npm writes this file at the end of every installation.
    let installed = changed(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= lock {
        return Ok(());
    }
    let mut npm = Command::new(tools::NPM);
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder);
    process::run(&mut npm)
}

/// Builds `web/dist` if a source is newer.
pub fn build() -> Result<(), String> {
    let web = repository::web();
    let sources: Vec<PathBuf> = SOURCES.iter().map(|source| web.join(source)).collect();
    let built = changed(&web.join("dist/index.html"));
    if built.is_some() && built >= newest(&sources) {
        return Ok(());
    }
    process::run(&mut npm(&["run", "build"]))
}
