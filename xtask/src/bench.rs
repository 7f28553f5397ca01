//! `cargo xtask bench`: the benchmarks of `tenon bench`, then those of the web UI in Chromium, on
//! a release build. Both print the same kind of table and write to the same report.

use crate::{process, repository, run, tools, web};
use std::process::Command;

/// The name of the web UI's scenario beside those of `tenon bench`.
const WEB: &str = "web";

/// `--only web` and `--no-web` choose; other arguments go to `tenon bench`, and those that concern
/// it to the web UI's, too.
pub fn bench(arguments: &[String]) -> Result<(), String> {
    let plan = plan(arguments);
    if plan.web.is_some() {
        // The release carries the built UI.
        web::install(&repository::web())?;
        web::build()?;
    }
    run::build_release()?;
    let binary = repository::binary("release");
    let mut faults = Vec::new();
    if let Some(arguments) = plan.tenon {
        let mut tenon = Command::new(&binary);
        tenon.arg("bench").args(arguments);
        faults.extend(process::run(tenon.current_dir(repository::root())).err());
    }
    if let Some(arguments) = plan.web {
        let mut node = Command::new("node");
        node.arg(repository::web().join("bench/main.mjs"))
            .args(arguments)
            .env("TENON_BINARY", &binary)
            .envs(tools::chromium().map(|path| ("TENON_CHROMIUM", path)));
        faults.extend(process::run(node.current_dir(repository::root())).err());
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.join("\n"))
    }
}

/// The arguments of each part that is to run.
#[derive(Debug, PartialEq)]
struct Plan {
    tenon: Option<Vec<String>>,
    web: Option<Vec<String>>,
}

fn plan(arguments: &[String]) -> Plan {
    let mut tenon = Vec::new();
    let mut only: Vec<String> = Vec::new();
    let mut web = vec!["--json".to_owned(), "target/bench.json".to_owned()];
    let mut is_web = true;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let (name, joined) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        match name {
            "--no-web" => is_web = false,
            "--help" | "-h" => {
                is_web = false;
                tenon.push(argument.clone());
            }
            "--quick" => {
                web.push(argument.clone());
                tenon.push(argument.clone());
            }
            "--only" => {
                let names = joined.or_else(|| rest.next().cloned()).unwrap_or_default();
                only.extend(names.split(',').map(str::to_owned));
            }
            "--json" => {
                let file = joined.or_else(|| rest.next().cloned()).unwrap_or_default();
                web[1].clone_from(&file);
                tenon.extend(["--json".to_owned(), file]);
            }
            _ => tenon.push(argument.clone()),
        }
    }
    let others: Vec<String> = only.iter().filter(|name| *name != WEB).cloned().collect();
    is_web &= only.is_empty() || others.len() < only.len();
    if !others.is_empty() {
        tenon.extend(["--only".to_owned(), others.join(",")]);
    }
    Plan {
        tenon: (only.is_empty() || !others.is_empty()).then_some(tenon),
        web: is_web.then_some(web),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(words: &str) -> (Option<String>, Option<String>) {
        let arguments: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        let Plan { tenon, web } = plan(&arguments);
        (tenon.map(|t| t.join(" ")), web.map(|w| w.join(" ")))
    }

    #[test]
    fn both_parts_run_unless_one_is_chosen() {
        let json = "--json target/bench.json";
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(planned(""), (some(""), some(json)));
        assert_eq!(planned("--no-web"), (some(""), None));
        assert_eq!(planned("--only web"), (None, some(json)));
        assert_eq!(planned("--only=idle"), (some("--only idle"), None));
        assert_eq!(
            planned("--only web,idle"),
            (some("--only idle"), some(json))
        );
        assert_eq!(planned("--help"), (some("--help"), None));
    }

    #[test]
    fn the_report_is_one() {
        let (tenon, web) = planned("--quick --seconds 2 --json out.json");
        assert_eq!(
            tenon.as_deref(),
            Some("--quick --seconds 2 --json out.json")
        );
        assert_eq!(web.as_deref(), Some("--json out.json --quick"));
    }
}
