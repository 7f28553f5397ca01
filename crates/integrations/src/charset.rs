//! Which encoding a page is in: what the server says, then what the page says, then UTF-8.
//! Chinese pages in GBK or Big5 are still many.

use encoding_rs::{Encoding, UTF_8};

/// Bytes at the beginning in which a page must name its encoding (WHATWG HTML, 13.2.3.2).
const HEAD_BYTES: usize = 1024;

/// The text of a page. What cannot be read in its encoding becomes `�`.
pub fn decode(content_type: &str, body: &[u8]) -> String {
    let head = &body[..body.len().min(HEAD_BYTES)];
    let encoding = named(content_type.as_bytes()).or_else(|| named(head));
    encoding.unwrap_or(UTF_8).decode(body).0.into_owned()
}

/// What follows the first `charset=`, as in `text/html; charset=gbk` and `<meta charset="gbk">`.
fn named(text: &[u8]) -> Option<&'static Encoding> {
    let text = String::from_utf8_lossy(text).to_ascii_lowercase();
    let (_, after) = text.split_once("charset=")?;
    let after = after.trim_start_matches(['"', '\'', ' ']);
    let end = after.find(|c: char| matches!(c, '"' | '\'' | ';' | '>' | '/') || c.is_whitespace());
    Encoding::for_label(&after.as_bytes()[..end.unwrap_or(after.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_pages_are_read_in_their_encoding() {
        let gbk = encoding_rs::GBK.encode("<title>榫卯</title>").0;
        let text = "<title>榫卯</title>";
        assert_eq!(decode("text/html; charset=GBK", &gbk), text);
        assert_eq!(decode("text/html", text.as_bytes()), text);
        let page = [b"<meta charset=\"gb2312\">", &*gbk].concat();
        assert!(decode("text/html", &page).ends_with(text));
        let old = [
            b"<meta http-equiv='Content-Type' content='text/html; charset=gbk'>",
            &*gbk,
        ]
        .concat();
        assert!(decode("", &old).ends_with(text));
    }

    #[test]
    fn nonsense_is_utf_8() {
        assert_eq!(decode("text/html; charset=klingon", "榫".as_bytes()), "榫");
        assert_eq!(decode("charset=", b"a\xffb"), "a\u{fffd}b");
    }
}
