//! `cargo xtask dev`: the server on port 8080, and the web UI's own server in front of it. A
//! change in the Rust sources rebuilds and restarts the former; the latter watches for itself.
//!
//! Ctrl-C reaches all of them, because they share the terminal's process group.

use crate::{
    process,
    repository::{self, binary, newest, root},
    tools, web,
};
use std::{
    path::PathBuf,
    process::{Child, Command},
    thread,
    time::Duration,
};

const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Runs until one of the two ends. `arguments` go to `tenon serve`.
pub fn dev(arguments: &[String]) -> Result<(), String> {
    tools::check_c_compiler()?;
    web::install(&repository::web())?;
    let mut vite = process::start(&mut web::npm(&["run", "dev"]))?;
    let result = watch(&mut vite, arguments);
    end(Some(vite));
    result
}

fn watch(vite: &mut Child, arguments: &[String]) -> Result<(), String> {
    let sources = [
        root().join("crates"),
        root().join("Cargo.toml"),
        root().join("Cargo.lock"),
    ];
    let mut built = None;
    let mut server: Option<Child> = None;
    loop {
        let now = newest(&sources);
        if now != built {
            built = now;
            // A build that fails has said why; the old server keeps running until one succeeds.
            if build().is_ok() {
                end(server.take());
                server = Some(serve(arguments)?);
            }
        }
        if server.as_mut().is_some_and(has_ended) {
            server = None;
            println!("The server has ended. It starts again after the next change.");
        }
        if has_ended(vite) {
            end(server.take());
            return Err("the web UI's server has ended.".to_string());
        }
        thread::sleep(LOOK_EVERY);
    }
}

fn build() -> Result<(), String> {
    let mut cargo = Command::new("cargo");
    process::run(
        cargo
            .args(["build", "--package", "tenon"])
            .current_dir(root()),
    )
}

fn serve(arguments: &[String]) -> Result<Child, String> {
    let program: PathBuf = binary("debug");
    let mut tenon = Command::new(program);
    tenon.args(["serve", "--demo"]).args(arguments);
    process::start(tenon.current_dir(root()))
}

fn has_ended(child: &mut Child) -> bool {
    child.try_wait().is_ok_and(|status| status.is_some())
}

fn end(child: Option<Child>) {
    let Some(mut child) = child else { return };
    // It may have ended by itself; either way it is gone afterwards.
    let _ = child.kill();
    let _ = child.wait();
}
