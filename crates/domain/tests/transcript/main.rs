//! Transcripts of decisions: `alice> post_message channel=#general text="hi"` and what follows,
//! in microseconds, without a store. `world.rs` runs them; `UPDATE_EXPECT=1` rewrites them.

mod script;
mod world;

mod acknowledgements;
mod announcements;
mod channels;
mod checklists;
mod emoji;
mod feeds;
mod fields;
mod grants;
mod groups;
mod inbox;
mod joint;
mod links;
mod messages;
mod people;
mod policy;
mod polls;
mod projects;
mod quotes;
mod retention;
mod rosters;
mod scheduled;
mod shelf;
mod side_bar;
mod spaces;
mod task_types;
mod tasks;
mod templates;
mod threads;
mod trash;
