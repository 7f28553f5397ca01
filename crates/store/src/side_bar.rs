//! Side bars: one row per member who arranged theirs.

use crate::{
    Reader, Result, Tx,
    notification::owner,
    sql::{params, statements},
};
use tenon_protocol::{
    MemberId, Scope,
    side_bar::{SideBar, SideBarRow},
};

statements! {
    SAVE = "INSERT INTO side_bar (workspace, member, body) VALUES ($1, $2, $3)
        ON CONFLICT (workspace, member) DO UPDATE SET body = excluded.body";
    GET = "SELECT body FROM side_bar WHERE workspace = $1 AND member = $2";
}

pub(crate) fn save(tx: &mut Tx<'_>, scope: Scope, side_bar: &SideBar) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(side_bar)?);
    tx.conn
        .exec(&SAVE, params![workspace, owner(scope)?, &body])
}

/// The owner of the inbox lost what the row shows.
pub(crate) async fn lose(tx: &mut Tx<'_>, scope: Scope, row: SideBarRow) -> Result<()> {
    let mut side_bar = get(tx, owner(scope)?).await?;
    if side_bar.take(row) {
        save(tx, scope, &side_bar)?;
    }
    Ok(())
}

/// As it is at first, if the member never arranged it.
pub async fn get(reader: &mut Reader<'_>, member: MemberId) -> Result<SideBar> {
    let values = params![reader.workspace, member];
    let found = reader.conn.row(&GET, values, |row| row.body(0)).await?;
    Ok(found.unwrap_or_default())
}
