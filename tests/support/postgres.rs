//! One PostgreSQL for all stories of a run, in a temporary directory, durable as shipped. A small
//! shell keeps it: when the pipe from this process closes, however it ends, it stops the server
//! and removes the directory.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::{Ipv4Addr, TcpListener},
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

const MISSING: &str = "PostgreSQL is not installed: install it (Debian and Ubuntu: \
    apt-get install postgresql) or put initdb and postgres on the PATH";

/// Starts the cluster in `$1` on port `$2` with the programs in `$3`, as user `$4` if that is
/// given. Prints `ready`.
const KEEPER: &str = r#"
dir=$1 port=$2 bin=$3 as=
if [ -n "$4" ]; then
    chown "$4" "$dir"
    as="setpriv --reuid=$4 --regid=$4 --clear-groups"
fi
cd "$dir"
$as "$bin/initdb" --username=tenon --auth=trust --encoding=UTF8 --locale=C --no-sync \
    --no-instructions --pgdata "$dir/data" >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
$as "$bin/postgres" -D "$dir/data" -p "$port" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c max_connections=400 -c fsync=on >>"$dir/log" 2>&1 &
server=$!
until "$bin/pg_isready" --quiet --host=127.0.0.1 --port="$port"; do
    kill -0 $server || { cat "$dir/log" >&2; exit 1; }
done
echo ready
read -r _
kill -INT $server
wait $server
rm -rf "$dir"
"#;

/// Address of the cluster's first database; `{url without the name}/{database}` for another.
pub fn base_url() -> String {
    static CLUSTER: OnceLock<(Child, u16)> = OnceLock::new();
    let (_, port) = CLUSTER.get_or_init(start);
    format!("postgres://tenon@127.0.0.1:{port}")
}

fn start() -> (Child, u16) {
    let programs = find_programs().expect(MISSING);
    let folder = tempfile::Builder::new()
        .prefix("tenon-postgres-")
        .tempdir()
        .unwrap()
        .keep();
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let user = if rustix::process::geteuid().is_root() {
        "postgres"
    } else {
        ""
    };
    let mut keeper = Command::new("sh")
        .args(["-c", KEEPER, "keeper"])
        .arg(&folder)
        .arg(port.to_string())
        .arg(&programs)
        .arg(user)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .process_group(0)
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(keeper.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert_eq!(line, "ready\n", "PostgreSQL did not start, see above");
    (keeper, port)
}

/// Folder of the newest PostgreSQL's programs.
fn find_programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let newest = debian
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .max()
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = ["initdb", "postgres", "pg_isready"];
    newest
        .into_iter()
        .chain(std::env::split_paths(&path))
        .find(|folder| all.iter().all(|name| folder.join(name).is_file()))
}
