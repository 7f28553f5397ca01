//! `tenon bench --quick`: every scenario still runs, and loses nothing. How fast it is, is no test.

use crate::support::{Database, program};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn every_scenario_of_the_bench_runs() {
    crate::support::play_on_sqlite(quick);
}

async fn quick(database: Database) {
    let report = database.folder().join("bench.json");
    let (folder, file) = (database.folder().to_str(), report.to_str());
    let args = [
        "--quick",
        "--folder",
        folder.unwrap(),
        "--json",
        file.unwrap(),
    ];
    let output = program::command(&["bench"]).args(args).output().await;
    let output = output.unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    let report: Value = serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap();
    let rows = report["rows"].as_array().unwrap();
    let ran = rows.iter().filter_map(|row| row["scenario"].as_str());
    let ran: BTreeSet<&str> = ran.collect();
    let all = [
        "fanout",
        "history",
        "idle",
        "latency",
        "resume",
        "rooms",
        "search",
        "query",
        "snapshot",
        "start",
        "tasks",
        "workspace",
    ];
    assert_eq!(ran, BTreeSet::from(all));
    for row in rows {
        assert!(row["measured"].is_number(), "{row}");
        // Only what may never happen has a goal in a quick run.
        assert_ne!(row["met"], false, "{row}");
    }
}
