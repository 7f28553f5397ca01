//! Stories: the real binary, real sockets, several members, on SQLite and on PostgreSQL. One file
//! a story. Each ends with the sync theorem for every member and a proof of the log
//! (`support/stage.rs`). Build the program first: `cargo build -p tenon`.

/// Makes two tests of each story: one on either database.
macro_rules! on_both {
    ($($story:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $story() { crate::support::play_on_sqlite(super::$story) })*
        }
        mod postgres {
            $(#[test] fn $story() { crate::support::play_on_postgres(super::$story) })*
        }
    };
}

mod support;

mod acknowledgement;
mod administration;
mod backup;
mod bad_input;
mod bench;
mod bucket;
mod channel;
mod checklist;
mod crash;
mod draft;
mod emoji;
mod fault;
mod field;
mod file;
mod file_link;
mod group;
mod inbox;
mod joint;
mod leak;
mod letter;
mod link;
mod mail;
mod node;
mod operator;
mod people;
mod poll;
mod preview;
mod proof;
mod push;
mod query;
mod quote;
mod reader;
mod restore;
mod resume;
mod retention;
mod retry;
mod roll_up;
mod roster;
mod scheduled;
mod search;
mod shelf;
mod side_bar;
mod signal;
mod simulation;
mod space;
mod talk;
mod task_type;
mod template;
mod thread;
mod trash;
mod upgrade;
mod work;
