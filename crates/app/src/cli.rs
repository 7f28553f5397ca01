//! The command line. Exit codes: 0 done, 1 failed, 2 bad usage. A failure is one clear line on
//! stderr.

mod backup;
mod doctor;
mod migrate;
mod restore;
mod token;
mod verify;
mod workspace;

use crate::config::{Place, ServeArgs};
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Team chat and project work as one thing.
#[derive(Parser)]
#[command(name = "tenon", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server.
    Serve(ServeArgs),
    /// Make API tokens.
    #[command(subcommand)]
    Token(token::Command),
    /// Make further workspaces.
    #[command(subcommand)]
    Workspace(workspace::Command),
    /// Prove the log: its chain, that nothing is missing, that the tables follow from it.
    Verify(verify::Args),
    /// Write everything into one file, and uploaded files into a folder beside it, while serving.
    Backup(backup::Args),
    /// Fill an empty database and the folder of files from a backup.
    Restore(restore::Args),
    /// Bring the database to this version's schema, without serving.
    Migrate(Place),
    /// Look for what would keep the server from working well, and say what to do.
    Doctor(doctor::Args),
    /// Measure this machine: the server beside the bare limits.
    Bench(tenon_bench::Options),
    /// Print the OpenAPI document.
    Openapi,
}

/// Parses the arguments and runs what they say.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&anyhow::anyhow!("the runtime cannot start: {error}")),
    };
    let result = match cli.command {
        Command::Bench(options) => tenon_bench::run(options),
        command => runtime.block_on(run(command)),
    };
    runtime.shutdown_background();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("tenon: {error:#}");
    ExitCode::FAILURE
}

async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve(args) => crate::serve::serve(args).await,
        Command::Token(command) => token::run(command).await,
        Command::Workspace(command) => workspace::run(command).await,
        Command::Verify(args) => verify::run(args).await,
        Command::Backup(args) => backup::run(args).await,
        Command::Restore(args) => restore::run(args).await,
        Command::Migrate(place) => migrate::run(place).await,
        Command::Doctor(args) => doctor::run(args).await,
        Command::Bench(options) => tenon_bench::run(options),
        Command::Openapi => {
            println!("{}", tenon_server::document().to_pretty_json()?);
            Ok(())
        }
    }
}
