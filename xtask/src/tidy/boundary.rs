//! Which room of the house may do what (ARCHITECTURE.md, invariants 1, 2, 3 and 9).

use super::{Findings, source::Source};

/// What `domain` may depend on: the words, and crates that only compute.
const PURE: &[&str] = &[
    "aho-corasick",
    "comrak",
    "emojis",
    "frostem",
    "hashbrown",
    "jiff",
    "pinyin",
    "serde",
    "serde_json",
    "tenon-protocol",
    "thiserror",
    "unicode-normalization",
    "uuid",
];

/// Words that make code impure: they wait, look at a clock or throw dice.
const IMPURE: &[&str] = &[
    "async fn",
    "async move",
    ".await",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "rand::",
    "now_v7",
    "new_v4",
    "std::fs",
    "std::net",
    "std::env",
];

const SQL: &[&str] = &[
    "SELECT ",
    "INSERT INTO",
    "UPDATE ",
    "DELETE FROM",
    "CREATE TABLE",
    "CREATE INDEX",
    "ALTER TABLE",
    "DROP TABLE",
    "PRAGMA ",
    "ON CONFLICT",
];

const DRIVERS: &[&str] = &["rusqlite", "tokio_postgres", "deadpool_postgres"];

const OUTBOUND: &[&str] = &[
    "TcpStream::connect",
    "socket.connect(",
    "UnixStream::connect",
    "connect_async",
    "UdpSocket::bind",
    "reqwest",
    "hyper::client",
    "client::legacy",
    "SmtpTransport",
];

/// The benchmarks measure the bare drivers beside us; the tests look from outside.
const OUTSIDE: &[&str] = &["tests/", "crates/bench/"];

/// Invariant: `domain` depends on `protocol` and nothing that does IO.
pub fn check_dependencies(source: &Source, findings: &mut Findings) {
    if source.path != "crates/domain/Cargo.toml" {
        return;
    }
    let mut section = "";
    for (number, line) in source.lines() {
        let line = line.trim();
        if line.starts_with('[') {
            section = line;
            continue;
        }
        let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
        let is_entry = !name.is_empty() && !name.starts_with('#');
        if section == "[dependencies]" && is_entry && !PURE.contains(&name) {
            findings.add(
                source,
                number,
                format!(
                    "domain may not depend on `{name}`: it must \
                only compute. Pure crates are listed in xtask/src/tidy/boundary.rs."
                ),
            );
        }
    }
}

/// `protocol` is plain data and `domain` is pure: what they are told is all they know.
pub fn check_purity(source: &Source, findings: &mut Findings) {
    // An id that is made when a request leaves it out is made while parsing, in protocol.
    let allowed: &[&str] = if source.path == "crates/protocol/src/id.rs" {
        &["now_v7"]
    } else {
        &[]
    };
    if source.is_rust() && source.is_in(&["crates/protocol/src/", "crates/domain/src/"]) {
        let words: Vec<&str> = IMPURE
            .iter()
            .copied()
            .filter(|word| !allowed.contains(word))
            .collect();
        report_code(source, findings, &words, |word| {
            format!("`{word}` in a pure crate: take the value as an argument instead.")
        });
    }
}

/// Invariant: SQL exists only in `store`.
pub fn check_sql(source: &Source, findings: &mut Findings) {
    if !source.is_rust() || source.is_in(&["crates/store/"]) || is_outside(source) {
        return;
    }
    for (at, text) in source.rust().strings.iter().enumerate() {
        if let Some(word) = SQL.iter().find(|word| text.contains(*word))
            && source.is_shipped(at + 1)
        {
            findings.add(
                source,
                at + 1,
                format!("SQL (`{}`) outside crates/store.", word.trim()),
            );
        }
    }
}

/// Invariant: nothing but `store` talks to a database.
pub fn check_drivers(source: &Source, findings: &mut Findings) {
    if source.is_rust() && !source.is_in(&["crates/store/"]) && !is_outside(source) {
        report_code(source, findings, DRIVERS, |word| {
            format!("`{word}` outside crates/store: ask the store instead.")
        });
    }
}

/// Invariant: no outbound connection but through `integrations/net.rs`, which checks addresses, and
/// to the mail server that the operator named; the drivers of the store and the bus have their own.
pub fn check_sockets(source: &Source, findings: &mut Findings) {
    let doors = &[
        "crates/integrations/src/net.rs",
        "crates/integrations/src/net/smtp.rs",
        "crates/store/",
        "crates/engine/src/bus/",
    ];
    if source.is_rust() && !source.is_in(doors) && !is_outside(source) {
        report_code(source, findings, OUTBOUND, |word| {
            format!("`{word}`: outbound connections belong in crates/integrations/src/net.rs.")
        });
    }
}

/// Invariant: only `engine::execute` writes to the log, so no doorway has a private path. The one
/// exception is the entry that founds a workspace, before which there is no writer.
pub fn check_commits(source: &Source, findings: &mut Findings) {
    let engine = &["crates/engine/"];
    let writers = &[
        "crates/engine/src/execute.rs",
        "crates/engine/src/execute/",
        "crates/engine/src/account/setup.rs",
    ];
    if !source.is_rust() || source.is_in(&["crates/store/"]) || source.is_in(writers) {
        return;
    }
    let appends = ["tx.append(", "Tx::append"];
    let words = [&appends[..], &["store.writer("]].concat();
    let words = if source.is_in(engine) {
        &appends[..]
    } else {
        &words
    };
    report_code(source, findings, words, |_| {
        "only engine/src/execute.rs writes to the log: send a Command instead.".to_string()
    });
}

fn is_outside(source: &Source) -> bool {
    source.is_in(OUTSIDE) || source.is_in(&["xtask/"])
}

/// Reports shipped lines of code with one of these words.
fn report_code(
    source: &Source,
    findings: &mut Findings,
    words: &[&str],
    sentence: impl Fn(&str) -> String,
) {
    for (at, code) in source.rust().code.iter().enumerate() {
        if let Some(word) = words.iter().find(|word| code.contains(*word))
            && source.is_shipped(at + 1)
        {
            findings.add(source, at + 1, sentence(word));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::lines, *};

    const DOMAIN: &str = "crates/domain/src/task.rs";
    const SERVER: &str = "crates/server/src/api.rs";

    #[test]
    fn finds_impure_dependencies() {
        let manifest = "[dependencies]\njiff.workspace = true\n# a note\ntokio = \"1\"\n\n\
            [dev-dependencies]\nproptest = \"1\"\n";
        assert_eq!(
            lines(check_dependencies, "crates/domain/Cargo.toml", manifest),
            [4]
        );
        assert_eq!(
            lines(check_dependencies, "crates/store/Cargo.toml", manifest),
            []
        );
    }

    #[test]
    fn finds_impure_code() {
        let text = "// Timestamp::now in a comment\nlet now = Timestamp::now();\nasync fn f() {}\n\
            #[cfg(test)]\nlet now = Timestamp::now();\n";
        assert_eq!(lines(check_purity, DOMAIN, text), [2, 3]);
        assert_eq!(lines(check_purity, SERVER, text), []);
    }

    #[test]
    fn finds_sql() {
        let text = "run(\"SELECT 1\");\n// SELECT 1\nlet x = \"we select one\";\n\
            run(\"UPDATE task SET body = ''\");\n";
        assert_eq!(lines(check_sql, SERVER, text), [1, 4]);
        assert_eq!(lines(check_sql, "crates/store/src/task.rs", text), []);
    }

    #[test]
    fn finds_drivers_and_sockets() {
        let text = "use rusqlite::Connection;\nTcpStream::connect(address);\n\
            connect_async(url);\nUnixStream::connect(path);\nsocket.connect(address);\n";
        assert_eq!(lines(check_drivers, SERVER, text), [1]);
        assert_eq!(lines(check_sockets, SERVER, text), [2, 3, 4, 5]);
        assert_eq!(
            lines(check_sockets, "crates/integrations/src/net.rs", text),
            []
        );
        assert_eq!(lines(check_sockets, "tests/support/server.rs", text), []);
        let text = "use lettre::AsyncSmtpTransport;\n";
        let smtp = "crates/integrations/src/net/smtp.rs";
        assert_eq!(lines(check_sockets, smtp, text), []);
        let letter = "crates/integrations/src/mail/letter.rs";
        assert_eq!(lines(check_sockets, letter, text), [1]);
    }

    #[test]
    fn finds_private_paths_to_the_log() {
        assert_eq!(lines(check_commits, SERVER, "tx.append(fact);\n"), [1]);
        assert_eq!(
            lines(
                check_commits,
                "crates/engine/src/execute.rs",
                "tx.append(fact);\n"
            ),
            []
        );
    }
}
