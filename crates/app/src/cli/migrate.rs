//! `tenon migrate`: the schema alone. `tenon serve` does the same at start.

use crate::config::Place;
use tenon_store::Store;

pub(super) async fn run(place: Place) -> anyhow::Result<()> {
    Store::open(&place.store()?).await?;
    println!("the database has this version's schema");
    Ok(())
}
