//! `tenon workspace create`: a further workspace on the same server.

use crate::{config::Place, serve::failure};
use clap::{Args, Subcommand};
use tenon_engine::{Engine, Options};
use tenon_protocol::credential::Setup;
use tenon_store::Store;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Make a workspace and its owner; prints its id. The owner's password comes from
    /// TENON_OWNER_PASSWORD.
    Create(Create),
}

#[derive(Args)]
pub(super) struct Create {
    #[command(flatten)]
    place: Place,
    /// Name that people read
    #[arg(long)]
    name: String,
    /// Name in addresses; made from the name when absent
    #[arg(long)]
    slug: Option<String>,
    /// E-mail address of its owner
    #[arg(long)]
    owner_email: String,
    /// Password of its owner
    #[arg(long, env = "TENON_OWNER_PASSWORD", hide_env_values = true)]
    owner_password: String,
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    let Command::Create(create) = command;
    let engine = open_engine(&create.place).await?;
    let name = create
        .owner_email
        .split('@')
        .next()
        .unwrap_or("owner")
        .to_owned();
    let setup = Setup {
        workspace_name: create.name,
        workspace_slug: create.slug,
        name,
        email: create.owner_email,
        password: create.owner_password,
        time_zone: None,
        language: None,
    };
    let founded = engine.found(setup).await.map_err(failure)?;
    println!("{}", founded.workspace);
    engine.stop().await;
    Ok(())
}

/// The engine on an existing database, also beside a running server.
pub(super) async fn open_engine(place: &Place) -> anyhow::Result<Engine> {
    let store = Store::open(&place.existing()?).await?;
    Engine::start(store, Options::default())
        .await
        .map_err(failure)
}
