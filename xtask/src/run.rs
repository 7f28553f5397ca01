//! `cargo xtask run`: from a fresh clone to a demo workspace in the browser.

use crate::{process, repository, tools, web};
use std::{env, io::ErrorKind, net::TcpListener, process::Command};

/// What `tenon serve` listens on by itself.
const LISTEN_DEFAULT: &str = "127.0.0.1:8080";

/// Builds what is not built yet and becomes the server. `arguments` go to `tenon serve`.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let environment = env::var("TENON_LISTEN").ok();
    let listen = value(arguments, "--listen").or(environment.as_deref());
    check_address(listen.unwrap_or(LISTEN_DEFAULT))?;
    tools::check_c_compiler()?;
    web::install(&repository::web())?;
    web::build()?;
    build_release()?;

    let mut tenon = Command::new(repository::binary("release"));
    tenon.args(["serve", "--demo"]);
    // It may be among the arguments too, and must not be there twice.
    tenon.args(arguments.iter().filter(|argument| *argument != "--demo"));
    tenon.current_dir(repository::root());
    process::become_program(&mut tenon)
}

/// The program as users get it, but quick to build.
pub fn build_release() -> Result<(), String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--package", "tenon"]);
    process::run(cargo.current_dir(repository::root()))
}

/// Better told before minutes of building than after.
fn check_address(address: &str) -> Result<(), String> {
    match TcpListener::bind(address) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => Err(format!(
            "{address} is in use by another program. Stop that, or choose another address: \
             cargo xtask run --listen 127.0.0.1:8081"
        )),
        // Whatever else is wrong with the address, the server says it better.
        _ => Ok(()),
    }
}

/// The value of `--name value` or `--name=value`.
fn value<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    arguments.iter().enumerate().find_map(|(at, argument)| {
        if argument == name {
            return arguments.get(at + 1).map(String::as_str);
        }
        argument.strip_prefix(name)?.strip_prefix('=')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_values_in_both_spellings() {
        let arguments = ["--data", "/srv", "--listen=0.0.0.0:80"].map(String::from);
        assert_eq!(value(&arguments, "--data"), Some("/srv"));
        assert_eq!(value(&arguments, "--listen"), Some("0.0.0.0:80"));
        assert_eq!(value(&arguments, "--demo"), None);
    }

    #[test]
    fn names_an_address_in_use() {
        let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = taken.local_addr().expect("its address").to_string();
        let sentence = check_address(&address).expect_err("the port is taken");
        assert!(
            sentence.contains(&address) && sentence.contains("--listen"),
            "{sentence}"
        );
    }
}
