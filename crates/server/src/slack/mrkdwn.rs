//! Slack's mrkdwn into Markdown. Called by the other files of this folder; knows text alone.
//!
//! The two look alike and differ where it shows: `*bold*`, `~struck~`, `<url|text>`, entities.

/// Turns mrkdwn into Markdown that reads the same.
pub fn to_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (n, part) in text.split("```").enumerate() {
        if n % 2 == 1 {
            push_fence(&mut out, part);
        } else {
            push_prose(&mut out, part);
        }
    }
    out.trim_end().to_owned()
}

/// Text without markup, as Markdown that shows it literally. Links and mentions in angle
/// brackets are still such.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push_spans(&mut out, text, &mut |out, part| {
        out.push_str(&escape(&decode(part)))
    });
    out
}

/// Puts a backslash before everything that Markdown would take as markup.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut line_begins = true;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let marks = match c {
            '*' | '`' | '\\' | '~' => true,
            '_' => !is_inside_word(text, at),
            '[' => rest.contains("]("),
            '<' => rest.starts_with(|n: char| n.is_ascii_alphabetic() || "/!?".contains(n)),
            '#' | '>' => line_begins,
            '+' | '-' => line_begins && rest.starts_with([' ', '-']),
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
        line_begins = c == '\n' || (line_begins && c == ' ');
    }
    out
}

/// `[text](url)`, or the address alone when there is no text.
pub fn link(url: &str, text: &str) -> String {
    let url = url
        .replace(' ', "%20")
        .replace('(', "%28")
        .replace(')', "%29");
    let text = text.trim();
    if text.is_empty() || text == url {
        format!("<{url}>")
    } else {
        format!("[{}]({url})", escape_label(text))
    }
}

fn escape_label(text: &str) -> String {
    let text = text.replace('\n', " ");
    let mut out = String::new();
    for part in text.split_inclusive(['[', ']']) {
        let body = part.trim_end_matches(['[', ']']);
        out.push_str(&escape_inside(body));
        if body.len() < part.len() {
            out.push('\\');
            out.push_str(&part[body.len()..]);
        }
    }
    out
}

/// The emoji that a shortcode names, `rocket` or `:rocket:`.
pub fn emoji(code: &str) -> Option<&'static str> {
    let code = code.trim_matches(':');
    // `:wave::skin-tone-3:`
    let code = code.split("::").next().unwrap_or(code);
    let known = if code == "simple_smile" {
        "slightly_smiling_face"
    } else {
        code
    };
    emojis::get_by_shortcode(known).map(emojis::Emoji::as_str)
}

fn is_inside_word(text: &str, at: usize) -> bool {
    let before = text[..at]
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    before
        && text[at + 1..]
            .chars()
            .next()
            .is_some_and(char::is_alphanumeric)
}

/// What Slack's senders escape; everything else is itself.
fn decode(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn push_fence(out: &mut String, code: &str) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    let code = literal_spans(code.strip_prefix('\n').unwrap_or(code));
    out.push_str("```\n");
    out.push_str(code.trim_end_matches('\n'));
    out.push_str("\n```\n");
}

/// Inside code an angle bracket shows what it holds.
fn literal_spans(code: &str) -> String {
    let mut out = String::new();
    let mut rest = code;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let Some((inside, after)) = after.split_once('>') else {
            out.push('<');
            rest = after;
            continue;
        };
        out.push_str(inside.split_once('|').map_or(inside, |(_, label)| label));
        rest = after;
    }
    out.push_str(rest);
    decode(&out)
}

fn push_prose(out: &mut String, text: &str) {
    // A fence ends with its own line break.
    let text = if out.ends_with("```\n") {
        text.strip_prefix('\n').unwrap_or(text)
    } else {
        text
    };
    let mut parts = text.split('`').peekable();
    let mut is_code = false;
    while let Some(part) = parts.next() {
        // The last part has no closing mark: it is not code, whatever came before.
        if is_code && parts.peek().is_some() && !part.is_empty() {
            out.push('`');
            out.push_str(&literal_spans(part));
            out.push('`');
        } else {
            if is_code {
                out.push_str("\\`");
            }
            push_spans(out, part, &mut push_styled);
            if is_code && parts.peek().is_some() {
                out.push_str("\\`");
            }
        }
        is_code = !is_code;
    }
}

/// Splits at `<…>`: links, mentions, dates.
fn push_spans(out: &mut String, text: &str, push_text: &mut impl FnMut(&mut String, &str)) {
    let mut styled = String::new();
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        styled.push_str(before);
        match after.split_once('>') {
            Some((inside, after)) if is_span(inside) => {
                // A private mark keeps the span's place while the text around it is styled.
                styled.push(SPAN);
                spans.push(span(inside));
                rest = after;
            }
            _ => {
                styled.push_str("&lt;");
                rest = after;
            }
        }
    }
    styled.push_str(rest);
    let mut spans = spans.into_iter();
    let mut marked = String::new();
    push_text(&mut marked, &styled);
    for c in marked.chars() {
        match c {
            SPAN => out.push_str(&spans.next().unwrap_or_default()),
            c => out.push(c),
        }
    }
}

fn is_span(inside: &str) -> bool {
    let target = inside.split('|').next().unwrap_or_default();
    let leads = target.starts_with(['!', '@', '#']) || target.contains(':');
    leads && !inside.contains(['<', '\n']) && !target.contains(' ')
}

/// From Unicode's private use area: no sender means anything by it.
const SPAN: char = '\u{F8F0}';

fn span(inside: &str) -> String {
    let (target, label) = match inside.split_once('|') {
        Some((target, label)) => (target, Some(label)),
        None => (inside, None),
    };
    let label_text = label.map(decode);
    match target.chars().next() {
        Some('!') => broadcast(&target[1..], label_text.as_deref()),
        Some('@') => {
            format!(
                "@{}",
                label_text
                    .as_deref()
                    .unwrap_or(&target[1..])
                    .trim_start_matches('@')
            )
        }
        Some('#') => {
            format!(
                "#{}",
                label_text
                    .as_deref()
                    .unwrap_or(&target[1..])
                    .trim_start_matches('#')
            )
        }
        _ => link(&decode(target), label_text.as_deref().unwrap_or_default()),
    }
}

fn broadcast(name: &str, label: Option<&str>) -> String {
    let verb = name.split('^').next().unwrap_or(name);
    match (verb, label) {
        ("channel" | "here", _) => "@channel".into(),
        ("everyone", _) => "@all".into(),
        ("date" | "subteam", Some(label)) => escape(label),
        (_, Some(label)) => escape(label),
        (_, None) => escape(name),
    }
}

/// `*bold*`, `_slanted_`, `~struck~`, emoji; everything else literally.
fn push_styled(out: &mut String, text: &str) {
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        // A quoted line is one in both languages.
        let quote = line.strip_prefix("&gt;").or_else(|| line.strip_prefix('>'));
        match quote {
            Some(rest) => {
                out.push_str("> ");
                push_line(out, rest.trim_start());
            }
            None => push_line(out, line),
        }
    }
}

fn push_line(out: &mut String, line: &str) {
    let mut literal_from = 0;
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let replaced = match c {
            '*' | '_' | '~' => styled(line, at, c),
            ':' => shortcode(line, at),
            _ => None,
        };
        let Some((markdown, end)) = replaced else {
            at += c.len_utf8();
            continue;
        };
        out.push_str(&escape_line(&line[literal_from..at], literal_from == 0));
        out.push_str(&markdown);
        at = end;
        literal_from = end;
    }
    out.push_str(&escape_line(&line[literal_from..], literal_from == 0));
}

/// List marks at the beginning of a line stay: Slack's senders mean them.
fn escape_line(text: &str, begins: bool) -> String {
    let text = decode(text);
    let listed = ["- ", "+ ", "* "]
        .into_iter()
        .find(|mark| begins && text.starts_with(mark));
    match listed {
        Some(mark) => format!("- {}", escape_inside(&text[mark.len()..])),
        None if begins => escape(&text),
        None => escape_inside(&text),
    }
}

/// Escapes text that does not begin a line.
fn escape_inside(text: &str) -> String {
    // A word before it is what tells escape that the line has begun.
    let escaped = escape(&format!("x{text}"));
    escaped.get(1..).unwrap_or_default().to_owned()
}

fn styled(line: &str, at: usize, mark: char) -> Option<(String, usize)> {
    let opens = !line[..at]
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    let rest = &line[at + 1..];
    if !opens || !rest.starts_with(|c: char| !c.is_whitespace() && c != mark) {
        return None;
    }
    let close = rest
        .match_indices(mark)
        .map(|(close, _)| close)
        .find(|&close| {
            let ends_word = rest[..close].ends_with(|c: char| !c.is_whitespace());
            ends_word && !rest[close + 1..].starts_with(|c: char| c.is_alphanumeric() || c == mark)
        })?;
    let mut inside = String::new();
    push_line(&mut inside, &rest[..close]);
    let fence = match mark {
        '*' => "**",
        '~' => "~~",
        _ => "_",
    };
    Some((format!("{fence}{inside}{fence}"), at + 1 + close + 1))
}

fn shortcode(line: &str, at: usize) -> Option<(String, usize)> {
    let rest = &line[at + 1..];
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "_+-".contains(c)))?;
    if !rest[end..].starts_with(':') {
        return None;
    }
    Some((emoji(&rest[..end])?.to_owned(), at + 1 + end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&str, &str)]) {
        for (mrkdwn, markdown) in pairs {
            assert_eq!(to_markdown(mrkdwn), *markdown, "of {mrkdwn}");
        }
    }

    #[test]
    fn styles() {
        check(&[
            ("*bold* _it_ ~no~", "**bold** _it_ ~~no~~"),
            ("*a _b_ c*", "**a _b_ c**"),
            ("(*x*), *y*.", "(**x**), **y**."),
            ("中文 *粗体* 后", "中文 **粗体** 后"),
            ("2 * 3 * 4", "2 \\* 3 \\* 4"),
            ("a*b*c", "a\\*b\\*c"),
            ("snake_case_name", "snake_case_name"),
            ("*not\nbold*", "\\*not\nbold\\*"),
        ]);
    }

    #[test]
    fn links_and_mentions() {
        check(&[
            (
                "<https://a.b/c?x=1&amp;y=2|Build #7>",
                "[Build #7](https://a.b/c?x=1&y=2)",
            ),
            ("<https://a.b>", "<https://a.b>"),
            ("<https://a.b/x_(y)|p>", "[p](https://a.b/x_%28y%29)"),
            ("<mailto:a@b.c|a@b.c>", "[a@b.c](mailto:a@b.c)"),
            ("<!channel> <!here> <!everyone>", "@channel @channel @all"),
            ("<@U024BE7LH> <@U1|ann>", "@U024BE7LH @ann"),
            ("<#C1|general>", "#general"),
            ("<!subteam^S1|@ops>", "@ops"),
            ("<!date^1392734382^{date}|Feb 18>", "Feb 18"),
            ("*<https://a.b|x>*", "**[x](https://a.b)**"),
            ("a < b > c <d>", "a < b > c \\<d>"),
        ]);
    }

    #[test]
    fn entities_are_decoded_once() {
        check(&[
            ("a &lt;b&gt; &amp; c", "a \\<b> & c"),
            ("&amp;lt;", "&lt;"),
            ("`a &lt; b`", "`a < b`"),
        ]);
    }

    #[test]
    fn code_is_left_alone() {
        check(&[
            ("`*x*` *y*", "`*x*` **y**"),
            ("```\nlet a = *b;\n```", "```\nlet a = *b;\n```"),
            ("see ```x < y``` ok", "see \n```\nx < y\n```\n ok"),
            ("```<https://a.b|a.b>```", "```\na.b\n```"),
            ("a ` b *c*", "a \\` b **c**"),
        ]);
    }

    #[test]
    fn what_markdown_would_take_as_markup_shows_as_it_is() {
        check(&[
            ("# not a title", "\\# not a title"),
            ("[FIRING:1] Disk", "[FIRING:1] Disk"),
            ("[x](y)", "\\[x](y)"),
            ("&gt; quoted", "> quoted"),
            ("- one\n- *two*", "- one\n- **two**"),
        ]);
    }

    #[test]
    fn shortcodes_become_emoji() {
        check(&[
            (":white_check_mark: ok :rocket:", "✅ ok 🚀"),
            ("at 12:30:45 and :nope:", "at 12:30:45 and :nope:"),
        ]);
        assert_eq!(emoji(":thumbsup:"), Some("👍"));
        assert_eq!(emoji("no such thing"), None);
        // A name that the workspace may know stays as it was written.
        assert_eq!(
            to_markdown("_so_ :party_cat: :猫:"),
            "_so_ :party_cat: :猫:"
        );
    }

    #[test]
    fn plain_text_has_no_markup() {
        assert_eq!(plain("*a* & _b_"), "\\*a\\* & \\_b\\_");
    }
}
