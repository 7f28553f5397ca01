//! What a page says of itself, in its head: Open Graph (ogp.me) first, then the older names.

use html5gum::{DefaultEmitter, Token, Tokenizer};
use std::collections::HashMap;
use url::Url;

/// The words of a page and where its picture is.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub site: String,
    pub title: String,
    pub description: String,
    pub picture: Option<Url>,
}

/// Reads the head of a page that came from `url`.
pub fn read(html: &str, url: &Url) -> Head {
    let mut said = collect(html);
    let mut first = |names: &[&str]| {
        let found = names.iter().find_map(|name| said.remove(*name));
        found.unwrap_or_default()
    };
    let picture = first(&[
        "og:image:secure_url",
        "og:image:url",
        "og:image",
        "twitter:image",
    ]);
    let host = url.host_str().unwrap_or_default();
    let site = first(&["og:site_name"]);
    Head {
        title: first(&["og:title", "twitter:title", "title"]),
        description: first(&["og:description", "twitter:description", "description"]),
        site: match site.is_empty() {
            true => host.strip_prefix("www.").unwrap_or(host).to_owned(),
            false => site,
        },
        picture: match picture.is_empty() {
            true => None,
            false => url.join(&picture).ok(),
        },
    }
}

/// The first value of each `<meta>` by its name, and the title. Ends where the body begins.
fn collect(html: &str) -> HashMap<String, String> {
    let mut said = HashMap::new();
    let mut title: Option<String> = None;
    let mut emitter = DefaultEmitter::default();
    // `<script>` and `<title>` hold text and no tags.
    emitter.naively_switch_states(true);
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) if &**tag.name == b"meta" => {
                let value = |name: &[u8]| {
                    let value = tag.attributes.get(name)?;
                    Some(String::from_utf8_lossy(value).trim().to_owned())
                };
                let name = value(b"property").or_else(|| value(b"name"));
                if let Some((name, content)) = name.zip(value(b"content"))
                    && !content.is_empty()
                {
                    said.entry(name.to_ascii_lowercase()).or_insert(content);
                }
            }
            Token::StartTag(tag) if &**tag.name == b"title" => title = Some(String::new()),
            Token::String(text) => {
                if let Some(title) = &mut title {
                    title.push_str(&String::from_utf8_lossy(&text));
                }
            }
            Token::EndTag(tag) if &**tag.name == b"title" => {
                if let Some(title) = title.take() {
                    said.entry("title".to_owned()).or_insert(title);
                }
            }
            Token::StartTag(tag) if &**tag.name == b"body" => break,
            Token::StartTag(_) | Token::EndTag(_) | Token::Comment(_) => {}
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(html: &str) -> Head {
        read(html, &Url::parse("https://www.a.example/b/c").unwrap())
    }

    #[test]
    fn open_graph_comes_first() {
        let found = head(
            "<!doctype html><head><title>old</title>\
             <meta name=description content=older>\
             <meta property='og:title' content='New &amp; 新'>\
             <meta property=\"og:description\" content=\"said\">\
             <meta property=og:site_name content=Site>\
             <meta property=og:image content=../p.png></head>",
        );
        let picture = Some(Url::parse("https://www.a.example/p.png").unwrap());
        let expected = Head {
            site: "Site".into(),
            title: "New & 新".into(),
            description: "said".into(),
            picture,
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn an_old_page_has_a_title_and_a_host() {
        let found = head(
            "<script>var x = '<title>no</title>'</script><title> 标题\n</title>\
             <meta name=Description content=words><body><meta property=og:title content=no>",
        );
        assert_eq!(
            (found.title.trim(), found.description.as_str()),
            ("标题", "words")
        );
        assert_eq!((found.site.as_str(), found.picture), ("a.example", None));
    }

    #[test]
    fn nothing_is_found_in_nonsense() {
        for html in ["", "<", "<meta", "<meta property=og:title>", "<title>"] {
            assert_eq!(head(html).title, "", "{html}");
        }
    }
}
