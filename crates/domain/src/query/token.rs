//! Cuts a query into tokens. Full-width signs, as Chinese input methods write them, count as the
//! plain ones.

use super::{fault::Fault, syntax::Place};
use tenon_protocol::error::QueryReason;

#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub kind: TokenKind,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    /// A bare word: a name, a number, a date, a keyword.
    Word(String),
    /// In quotation marks: never a keyword.
    Quoted(String),
    /// `= != < <= > >= ~ !~ ! ( ) , & |`
    Sign(&'static str),
    End,
}

/// Cuts the whole text; the last token is [`TokenKind::End`].
pub fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if letters[at].is_whitespace() {
            at += 1;
            continue;
        }
        let start = at;
        let kind = if let Some(close) = closing(letters[at]) {
            quoted(&letters, &mut at, close)?
        } else if let Some(sign) = sign(&letters, &mut at) {
            TokenKind::Sign(sign)
        } else if is_bare(letters[at]) {
            while at < letters.len() && is_bare(letters[at]) {
                at += 1;
            }
            TokenKind::Word(letters[start..at].iter().collect())
        } else {
            let place = Place { start, length: 1 };
            let expected = ["field", "value", "operator"];
            return Err(Fault::new(QueryReason::Unexpected, place).expecting(expected));
        };
        let length = at - start;
        let place = Place { start, length };
        tokens.push(Token { kind, place });
    }
    let place = Place {
        start: letters.len(),
        length: 0,
    };
    tokens.push(Token {
        kind: TokenKind::End,
        place,
    });
    Ok(tokens)
}

/// What closes a quotation that this opens.
fn closing(letter: char) -> Option<&'static [char]> {
    match letter {
        '"' => Some(&['"']),
        '\'' => Some(&['\'']),
        '“' | '”' => Some(&['”', '“']),
        _ => None,
    }
}

fn quoted(letters: &[char], at: &mut usize, close: &[char]) -> Result<TokenKind, Fault> {
    let start = *at;
    let mut text = String::new();
    *at += 1;
    while let Some(&letter) = letters.get(*at) {
        if letter == '\0' {
            return Err(no_character(*at, 1));
        }
        *at += 1;
        if close.contains(&letter) {
            return Ok(TokenKind::Quoted(text));
        }
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        let Some(&escaped) = letters.get(*at) else {
            break;
        };
        *at += 1;
        match escaped {
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'u' => text.push(code_point(letters, at)?),
            other => text.push(other),
        }
    }
    let place = Place { start, length: 1 };
    Err(Fault::new(QueryReason::Unclosed, place))
}

/// The four digits after `\u`.
fn code_point(letters: &[char], at: &mut usize) -> Result<char, Fault> {
    let digits: String = letters.iter().skip(*at).take(4).collect();
    let letter = u32::from_str_radix(&digits, 16).ok();
    let letter = letter.filter(|_| digits.len() == 4 && !digits.starts_with('+'));
    let letter = letter.and_then(char::from_u32);
    // No text here has a NUL: PostgreSQL keeps none.
    let Some(letter) = letter.filter(|letter| *letter != '\0') else {
        return Err(no_character(*at - 2, 2).expecting(["\\uXXXX"]));
    };
    *at += 4;
    Ok(letter)
}

fn no_character(start: usize, length: usize) -> Fault {
    let place = Place { start, length };
    Fault::new(QueryReason::Unexpected, place).expecting(["value"])
}

fn sign(letters: &[char], at: &mut usize) -> Option<&'static str> {
    let first = plain(letters[*at]);
    let second = letters.get(*at + 1).map(|letter| plain(*letter));
    let (sign, length) = match (first, second) {
        ('!', Some('=')) => ("!=", 2),
        ('!', Some('~')) => ("!~", 2),
        ('<', Some('=')) => ("<=", 2),
        ('>', Some('=')) => (">=", 2),
        ('&', Some('&')) => ("&", 2),
        ('|', Some('|')) => ("|", 2),
        ('=', _) => ("=", 1),
        ('~', _) => ("~", 1),
        ('!', _) => ("!", 1),
        ('<', _) => ("<", 1),
        ('>', _) => (">", 1),
        ('(', _) => ("(", 1),
        (')', _) => (")", 1),
        (',', _) => (",", 1),
        ('&', _) => ("&", 1),
        ('|', _) => ("|", 1),
        _ => return None,
    };
    *at += length;
    Some(sign)
}

fn plain(letter: char) -> char {
    match letter {
        '（' => '(',
        '）' => ')',
        '，' | '、' => ',',
        '＝' => '=',
        '！' => '!',
        '＜' => '<',
        '＞' => '>',
        '～' => '~',
        '＆' => '&',
        '｜' => '|',
        other => other,
    }
}

/// Can stand in a word without quotation marks.
pub fn is_bare(letter: char) -> bool {
    let signs = "=!<>()~,&|[]{};\"'“”";
    !letter.is_whitespace() && !letter.is_control() && !signs.contains(plain(letter))
}
