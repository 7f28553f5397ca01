//! Running other programs: shown as they run, their failure told in one sentence.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// Runs to the end with our own input and output.
pub fn run(command: &mut Command) -> Result<(), String> {
    let status = command
        .status()
        .map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{}` failed ({status}).", shown(command)))
    }
}

/// Runs in our place: signals and the exit code are then its own.
#[cfg(unix)]
pub fn become_program(program: &mut Command) -> Result<(), String> {
    use std::os::unix::process::CommandExt;
    let error = program.exec();
    Err(cannot_start(program, &error))
}

#[cfg(not(unix))]
pub fn become_program(program: &mut Command) -> Result<(), String> {
    run(program)
}

/// Starts and returns at once.
pub fn start(command: &mut Command) -> Result<Child, String> {
    command
        .spawn()
        .map_err(|error| cannot_start(command, &error))
}

/// Runs quietly and returns what it printed.
pub fn capture(command: &mut Command) -> Result<String, String> {
    command.stderr(Stdio::inherit());
    let output = command
        .output()
        .map_err(|error| cannot_start(command, &error))?;
    if !output.status.success() {
        return Err(format!("`{}` failed ({}).", shown(command), output.status));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| format!("`{}` printed something that is not UTF-8.", shown(command)))
}

/// True if the program exists and succeeds; prints nothing.
pub fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs to the end, shows every line as it comes, and hands it to `on_line` too.
pub fn tee(command: &mut Command, mut on_line: impl FnMut(&str)) -> Result<(), String> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = start(command)?;
    let (sender, news) = mpsc::channel();
    if let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) {
        forward(out, sender.clone());
        forward(err, sender.clone());
    }
    thread::spawn(move || sender.send(News::Ended(child.wait())));
    let mut ended = None;
    loop {
        // Something the program left behind may keep its output open for ever.
        let patience = if ended.is_none() {
            Duration::MAX
        } else {
            LAST_WORDS
        };
        match news.recv_timeout(patience) {
            Ok(News::Line(line)) => {
                let mut out = std::io::stdout().lock();
                // A closed pipe on our own output must not end the tests early.
                let _ = out.write_all(&line).and_then(|()| out.flush());
                on_line(String::from_utf8_lossy(&line).trim_end());
            }
            Ok(News::Ended(status)) => ended = Some(status),
            Err(_) => break,
        }
    }
    match ended {
        Some(Ok(status)) if status.success() => Ok(()),
        Some(Ok(status)) => Err(format!("`{}` failed ({status}).", shown(command))),
        _ => Err(format!("lost sight of `{}`.", shown(command))),
    }
}

/// How long a program's output is still read after its end.
const LAST_WORDS: Duration = Duration::from_secs(1);

enum News {
    /// With its line break.
    Line(Vec<u8>),
    Ended(std::io::Result<ExitStatus>),
}

fn forward(from: impl Read + Send + 'static, to: mpsc::Sender<News>) {
    thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while from.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            if to.send(News::Line(std::mem::take(&mut line))).is_err() {
                return;
            }
        }
    });
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!(
        "cannot start `{}`: {error}.",
        command.get_program().to_string_lossy()
    )
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn hands_on_what_a_program_says() {
        let mut lines = Vec::new();
        let mut command = shell("echo one; echo two >&2; printf three");
        tee(&mut command, |line| lines.push(line.to_string())).expect("it succeeds");
        lines.sort();
        assert_eq!(lines, ["one", "three", "two"]);
    }

    #[test]
    fn tells_failure() {
        let fault = tee(&mut shell("exit 3"), |_| ()).expect_err("it fails");
        assert!(fault.contains("exit status: 3"), "{fault}");
    }

    #[test]
    fn does_not_wait_for_what_a_program_leaves_behind() {
        let mut last = String::new();
        let mut command = shell("sleep 60 & echo $!");
        tee(&mut command, |line| last = line.to_string()).expect("it succeeds");
        assert!(succeeds("kill", &[&last]), "`sleep` should still be there");
    }
}
