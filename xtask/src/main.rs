//! `cargo xtask`: everything one does with this repository, as commands that behave the same on
//! every machine. Built before everything else, so it has no dependencies.

mod bench;
mod dev;
mod generate;
mod process;
mod repository;
mod run;
mod tally;
mod test;
mod tidy;
mod tools;
mod web;

use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask COMMAND [ARGUMENT...]

  run        build everything and start a demo workspace; further arguments go to `tenon serve`
  test       install what tests need, then run every layer; name layers to run only those
  ci         the same, the way the build server does it
  dev        server and web UI, rebuilt and restarted as files change
  tidy       check the rules of this repository, and that generated files are up to date;
             --sources only reads, and builds nothing
  generate   OpenAPI and TypeScript from the Rust types; --check only compares
  bench      build for release, run the benchmarks, those of the web UI too (`--only web`,
             `--no-web`); other arguments go to `tenon bench`
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let result = match command.as_str() {
        "run" => run::run(&rest),
        "test" => test::test(&rest),
        "ci" => test::ci(&rest),
        "dev" => dev::dev(&rest),
        "tidy" => check_rules(rest.iter().any(|a| a == "--sources")),
        "generate" => generate::generate(rest.iter().any(|a| a == "--check")),
        "bench" => bench::bench(&rest),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn check_rules(sources_only: bool) -> Result<(), String> {
    tidy::tidy()?;
    if sources_only {
        return Ok(());
    }
    generate::generate(true)
}
