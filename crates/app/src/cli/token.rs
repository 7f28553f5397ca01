//! `tenon token create`: prints tokens alone on stdout; works whether or not the server runs.

use super::workspace::open_engine;
use crate::{config::Place, serve::failure};
use anyhow::bail;
use clap::{Args, Subcommand};
use tenon_protocol::credential::TokenScope;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Print a new API token.
    Create(Create),
}

#[derive(Args)]
pub(super) struct Create {
    #[command(flatten)]
    place: Place,
    /// Slug of the workspace, where there are several
    #[arg(long)]
    workspace: Option<String>,
    /// E-mail address of the person it acts for
    #[arg(long, conflicts_with_all = ["bot", "bots"])]
    member: Option<String>,
    /// Name of the bot it acts for; made if it is not there
    #[arg(long)]
    bot: Option<String>,
    /// Make this many bots, named after --prefix, and print a token for each
    #[arg(long, requires = "prefix", conflicts_with = "bot")]
    bots: Option<u32>,
    /// Begin of the bots' names
    #[arg(long)]
    prefix: Option<String>,
    /// What it may do at most: read, chat, work, admin [default: all]
    #[arg(long, value_delimiter = ',', value_parser = scope)]
    scopes: Option<Vec<TokenScope>>,
}

fn scope(text: &str) -> Result<TokenScope, String> {
    match text {
        "read" => Ok(TokenScope::Read),
        "chat" => Ok(TokenScope::Chat),
        "work" => Ok(TokenScope::Work),
        "admin" => Ok(TokenScope::Admin),
        _ => Err("a scope is read, chat, work or admin".into()),
    }
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    let Command::Create(create) = command;
    let engine = open_engine(&create.place).await?;
    let slug = create.workspace.as_deref();
    let Some(workspace) = engine.find_workspace(slug).await.map_err(failure)? else {
        bail!("name an existing workspace with --workspace");
    };
    let scopes = create.scopes;
    if let Some(email) = &create.member {
        let token = engine
            .issue_member_token(workspace, email, scopes)
            .await
            .map_err(failure)?;
        println!("{token}");
        return Ok(());
    }
    let prefix = create.prefix.unwrap_or_default();
    let names: Vec<String> = match (create.bot, create.bots) {
        (Some(name), _) => vec![name],
        (None, Some(count)) => (0..count)
            .map(|index| format!("{prefix}-{index}"))
            .collect(),
        (None, None) => bail!("say whom the token acts for: --member EMAIL or --bot NAME"),
    };
    for name in names {
        let token = engine.issue_bot_token(workspace, &name, scopes.clone());
        println!("{}", token.await.map_err(failure)?);
    }
    engine.stop().await;
    Ok(())
}
