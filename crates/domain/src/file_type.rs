//! Which types of files a workspace takes. Two witnesses are asked: the ending of the name, which
//! is what an operating system opens a file by, and the bytes. A rule that refuses is broken if
//! either names a refused type; one that accepts is kept if one of them names an accepted type and
//! the other does not speak against it. Pure; called while a file arrives.

use crate::refusal::Refusal;
use tenon_protocol::{
    limit,
    policy::{FileTypeRule, FileTypes},
};
use unicode_normalization::UnicodeNormalization;

/// Types that are named in the sentence of a refusal.
const TOLD_MAX: usize = 20;

/// What bytes are recognised as, and the endings that such files have; the usual one first.
// Table: one line per media type.
const KINDS: &[(&str, &[&str])] = &[
    (
        "application/vnd.microsoft.portable-executable",
        &[
            "exe", "dll", "scr", "com", "sys", "cpl", "ocx", "pif", "efi",
        ],
    ),
    (
        "application/x-executable",
        &["elf", "so", "o", "bin", "run"],
    ),
    ("application/x-mach-binary", &["mach", "dylib", "bundle"]),
    ("application/wasm", &["wasm"]),
    ("application/java", &["class"]),
    ("application/vnd.android.dex", &["dex"]),
    ("application/x-bat", &["bat", "cmd"]),
    ("application/x-powershell", &["ps1", "psm1", "psd1"]),
    ("application/x-vbs", &["vbs", "vbe", "wsf", "wsh"]),
    ("application/javascript", &["js", "mjs", "cjs", "jse"]),
    ("application/hta", &["hta"]),
    ("application/x-ms-shortcut", &["lnk", "url"]),
    ("application/x-registry", &["reg"]),
    ("text/x-shellscript", &["sh", "bash", "zsh", "command"]),
    ("text/html", &["html", "htm", "xhtml", "mht", "mhtml"]),
    ("image/svg+xml", &["svg", "svgz"]),
    (
        "application/zip",
        &[
            "zip", "docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "dotx", "odt", "ods", "odp",
            "epub", "jar", "war", "apk", "ipa", "xpi", "vsix", "key", "pages", "numbers", "kmz",
            "sketch", "xmind", "whl",
        ],
    ),
    (
        "application/x-ole-storage",
        &[
            "msi", "doc", "xls", "ppt", "msg", "vsd", "mpp", "wps", "et", "dps",
        ],
    ),
    ("application/msword", &["doc", "dot"]),
    ("application/vnd.ms-excel", &["xls", "xlt"]),
    ("application/vnd.ms-powerpoint", &["ppt", "pps"]),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &["docx", "docm", "dotx"],
    ),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &["xlsx", "xlsm", "xltx"],
    ),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        &["pptx", "pptm", "ppsx"],
    ),
    ("application/vnd.oasis.opendocument.text", &["odt"]),
    ("application/vnd.oasis.opendocument.spreadsheet", &["ods"]),
    ("application/vnd.oasis.opendocument.presentation", &["odp"]),
    ("application/epub+zip", &["epub"]),
    ("application/x-mobipocket-ebook", &["mobi", "azw"]),
    ("application/pdf", &["pdf", "ai"]),
    ("application/postscript", &["ps", "eps"]),
    ("application/rtf", &["rtf"]),
    ("application/x-shockwave-flash", &["swf"]),
    ("application/x-tar", &["tar"]),
    ("application/vnd.rar", &["rar"]),
    ("application/gzip", &["gz", "tgz", "svgz"]),
    ("application/x-bzip2", &["bz2", "tbz"]),
    ("application/x-7z-compressed", &["7z"]),
    ("application/x-xz", &["xz", "txz"]),
    ("application/zstd", &["zst"]),
    ("application/vnd.ms-cab-compressed", &["cab"]),
    ("application/vnd.debian.binary-package", &["deb"]),
    ("application/x-rpm", &["rpm"]),
    ("application/x-google-chrome-extension", &["crx"]),
    ("application/vnd.sqlite3", &["sqlite", "db"]),
    ("application/x-apple-diskimage", &["dmg"]),
    ("application/x-iso9660-image", &["iso", "img"]),
    ("image/jpeg", &["jpg", "jpeg", "jpe", "jfif"]),
    ("image/png", &["png"]),
    ("image/gif", &["gif"]),
    ("image/webp", &["webp"]),
    ("image/tiff", &["tif", "tiff"]),
    ("image/bmp", &["bmp"]),
    ("image/vnd.adobe.photoshop", &["psd"]),
    ("image/vnd.microsoft.icon", &["ico", "cur"]),
    ("image/heif", &["heic", "heif"]),
    ("image/avif", &["avif"]),
    ("image/jxl", &["jxl"]),
    ("image/jp2", &["jp2"]),
    ("video/mp4", &["mp4", "m4v", "m4a", "mov"]),
    ("video/x-m4v", &["m4v", "mp4"]),
    ("video/x-matroska", &["mkv", "mka", "webm"]),
    ("video/webm", &["webm", "weba"]),
    ("video/quicktime", &["mov", "qt"]),
    ("video/x-msvideo", &["avi"]),
    ("video/x-ms-wmv", &["wmv", "wma", "asf"]),
    ("video/mpeg", &["mpg", "mpeg", "ts", "vob"]),
    ("video/x-flv", &["flv"]),
    ("audio/mpeg", &["mp3", "mp2"]),
    ("audio/m4a", &["m4a", "m4b"]),
    ("audio/ogg", &["ogg", "oga", "ogv", "opus"]),
    ("audio/opus", &["opus"]),
    ("audio/x-flac", &["flac"]),
    ("audio/x-wav", &["wav"]),
    ("audio/midi", &["mid", "midi"]),
    ("audio/amr", &["amr"]),
    ("audio/aac", &["aac"]),
    ("audio/x-aiff", &["aif", "aiff"]),
    ("text/plain", &["txt", "text", "log"]),
    ("text/xml", &["xml", "xsd", "xsl"]),
    ("text/csv", &["csv"]),
    ("text/markdown", &["md", "markdown"]),
];

/// Kinds besides `text/*` that are written as text.
const TEXTS: &[&str] = &[
    "image/svg+xml",
    "application/javascript",
    "application/x-bat",
    "application/x-powershell",
    "application/x-vbs",
    "application/hta",
    "application/x-registry",
];

/// What one witness says about a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// It is of a type that the rule names.
    Named,
    /// It is of another.
    Other,
    /// It does not tell.
    Silent,
}

/// The rule as it is kept: every type in its one spelling, each once.
pub fn check_types(wish: &FileTypes) -> Result<FileTypes, Refusal> {
    let field = "file_types";
    if wish.types.len() > limit::FILE_TYPES_MAX {
        let max = limit::FILE_TYPES_MAX;
        return Err(Refusal::TooMany { field, max });
    }
    let types: Result<Vec<String>, Refusal> = wish.types.iter().map(|it| check_type(it)).collect();
    let mut types = types?;
    types.sort();
    types.dedup();
    if types.is_empty() && wish.rule == FileTypeRule::Only {
        return Err(Refusal::Empty { field });
    }
    let rule = wish.rule;
    Ok(FileTypes { rule, types })
}

fn check_type(text: &str) -> Result<String, Refusal> {
    let folded = fold(text.trim());
    let word = |it: &str| {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '+');
        !it.is_empty() && it.chars().all(fits)
    };
    let fits = match folded.split_once('/') {
        Some((family, "*")) => word(family),
        Some((family, kind)) => word(family) && kind.split('.').all(word),
        None => {
            let bare = folded.trim_start_matches('*').trim_start_matches('.');
            let fits = bare.split('.').all(word) && bare.len() <= limit::FILE_TYPE_CHARS_MAX;
            return fits.then(|| bare.to_owned()).ok_or(Refusal::BadFileType);
        }
    };
    let fits = fits && folded.len() <= limit::FILE_TYPE_CHARS_MAX;
    fits.then_some(folded).ok_or(Refusal::BadFileType)
}

/// Before the bytes are there: whether a file of this name could be taken.
pub fn check_name(types: &FileTypes, name: &str) -> Result<(), Refusal> {
    let name = Name::of(name);
    let word = name.says(&types.types);
    let kept = match types.rule {
        FileTypeRule::Except => word != Word::Named,
        FileTypeRule::Only => word != Word::Other,
    };
    kept.then_some(())
        .ok_or_else(|| refused(types, name.ending.as_str()))
}

/// Whether a file is taken that has this name, and whose bytes are of this media type.
pub fn check_file(types: &FileTypes, name: &str, media_type: &str) -> Result<(), Refusal> {
    check_name(types, name)?;
    let name = Name::of(name);
    let word = says(types, &name, media_type);
    let kept = match types.rule {
        FileTypeRule::Except => word != Word::Named,
        FileTypeRule::Only => {
            let named = word == Word::Named || name.says(&types.types) == Word::Named;
            named && word != Word::Other
        }
    };
    kept.then_some(()).ok_or_else(|| refused(types, media_type))
}

fn refused(types: &FileTypes, found: &str) -> Refusal {
    let told: Vec<&str> = types.types.iter().take(TOLD_MAX).map(|it| &**it).collect();
    let more = if types.types.len() > TOLD_MAX {
        ", …"
    } else {
        ""
    };
    let begin = match types.rule {
        FileTypeRule::Except => "refused are",
        FileTypeRule::Only => "taken are",
    };
    Refusal::FileTypeRefused {
        found: found.to_owned(),
        rule: format!("{begin}: {}{more}", told.join(", ")),
    }
}

/// A name, as an operating system reads it.
struct Name {
    folded: String,
    /// After the last dot; empty for none.
    ending: String,
}

impl Name {
    fn of(name: &str) -> Self {
        let folded = fold(name);
        // Windows drops these when it saves a file.
        let trimmed = folded.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
        let ending = trimmed.rsplit_once('.').map_or("", |(_, ending)| ending);
        Self {
            ending: ending.trim().to_owned(),
            folded: trimmed.to_owned(),
        }
    }

    fn says(&self, types: &[String]) -> Word {
        if self.ending.is_empty() {
            return Word::Silent;
        }
        let ends = |it: &String| {
            let stem = self.folded.strip_suffix(it.as_str());
            *it == self.ending || stem.is_some_and(|stem| stem.ends_with('.'))
        };
        let mut known = kinds_of(&self.ending).peekable();
        let is_known = known.peek().is_some();
        if types.iter().any(ends) || known.any(|kind| is_of(types, kind)) {
            Word::Named
        } else if !is_known && types.iter().any(|it| it.contains('/')) {
            Word::Silent
        } else {
            Word::Other
        }
    }
}

/// What the bytes say of a rule, where the name does not say it for them.
fn says(types: &FileTypes, name: &Name, media_type: &str) -> Word {
    if is_of(&types.types, media_type) {
        return Word::Named;
    }
    let endings = endings_of(media_type);
    let is_vague = endings.is_empty() || media_type == "text/plain";
    // Any source may hold a line of HTML: only a name of another kind makes that a disguise.
    let names_text = !name.ending.is_empty() && kinds_of(&name.ending).all(is_text);
    let is_source = is_text(media_type) && names_text;
    if is_vague || is_source || endings.contains(&name.ending.as_str()) {
        return Word::Silent;
    }
    let counted = match types.rule {
        FileTypeRule::Except => endings,
        FileTypeRule::Only => &endings[..1],
    };
    let named = |it: &String| counted.contains(&it.as_str());
    if types.types.iter().any(named) {
        Word::Named
    } else {
        Word::Other
    }
}

fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/") || TEXTS.contains(&media_type)
}

fn is_of(types: &[String], media_type: &str) -> bool {
    let plain = plain(media_type);
    types.iter().any(|it| match it.strip_suffix("/*") {
        Some(family) => plain.split('/').next() == Some(family),
        None => it.contains('/') && self::plain(it) == plain,
    })
}

/// `audio/x-wav` is `audio/wav`.
fn plain(media_type: &str) -> String {
    media_type.replacen("/x-", "/", 1)
}

fn endings_of(media_type: &str) -> &'static [&'static str] {
    let found = KINDS.iter().find(|(kind, _)| *kind == media_type);
    found.map_or(&[], |(_, endings)| endings)
}

fn kinds_of(ending: &str) -> impl Iterator<Item = &'static str> + use<'_> {
    let of = move |(kind, endings): &(&'static str, &'static [&'static str])| {
        endings.contains(&ending).then_some(*kind)
    };
    KINDS.iter().filter_map(of)
}

/// Full-width letters and dots are what they look like.
fn fold(text: &str) -> String {
    let dot = |c: char| if c == '\u{3002}' { '.' } else { c };
    text.nfkc().map(dot).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PE: &str = "application/vnd.microsoft.portable-executable";
    const BYTES: &str = "application/octet-stream";

    fn rule(rule: FileTypeRule, types: &[&str]) -> FileTypes {
        let types = types.iter().map(|it| (*it).to_owned()).collect();
        check_types(&FileTypes { rule, types }).unwrap()
    }

    fn takes(types: &FileTypes, name: &str, media_type: &str) -> bool {
        check_file(types, name, media_type).is_ok()
    }

    #[test]
    fn a_type_has_one_spelling() {
        let kept = rule(
            FileTypeRule::Except,
            &[
                " .EXE",
                "*.exe",
                "ｂａｔ",
                "Video/*",
                "tar.gz",
                "application/pdf",
            ],
        );
        assert_eq!(
            kept.types,
            ["application/pdf", "bat", "exe", "tar.gz", "video/*"]
        );
        let long = "x".repeat(101);
        for wrong in [
            "", ".", "*", "a b", "*/*", "a/b/c", "/pdf", "a..b", "video/", "../x", &long,
        ] {
            assert_eq!(check_type(wrong), Err(Refusal::BadFileType), "{wrong}");
        }
        let none = FileTypes {
            rule: FileTypeRule::Only,
            types: vec![],
        };
        assert_eq!(
            check_types(&none),
            Err(Refusal::Empty {
                field: "file_types"
            })
        );
    }

    #[test]
    fn a_refused_ending_cannot_be_written_another_way() {
        let types = rule(FileTypeRule::Except, &["exe", "bat"]);
        for name in [
            "a.exe",
            "A.ExE",
            "a.pdf.exe",
            "a.exe.",
            "a.exe . ",
            "a．exe",
            "a.ｅｘｅ",
            "a。exe",
            "a. exe",
            "a.bat\u{3000}",
        ] {
            assert!(check_name(&types, name).is_err(), "{name}");
        }
        for name in ["exe", "a.exe.pdf", "a.exes", "a.txt", "报告"] {
            assert!(check_name(&types, name).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_refused_type_cannot_hide_behind_a_name() {
        let types = rule(FileTypeRule::Except, &["exe", "video/*", "svg", "html"]);
        for (name, kind) in [
            ("a.pdf", PE),
            ("a", PE),
            ("a.dat", PE),
            ("a.mp4", BYTES),
            ("a.png", "video/mp4"),
            ("a.png", "image/svg+xml"),
            ("a.pdf", "text/html"),
            ("a", "text/html"),
        ] {
            assert!(!takes(&types, name, kind), "{name} {kind}");
        }
        // A library is no program; a source may hold a picture; audio is no video.
        for (name, kind) in [
            ("a.dll", PE),
            ("icon.tsx", "image/svg+xml"),
            ("notes.md", "text/html"),
            ("page.js", "text/html"),
            ("a.mp3", "audio/mpeg"),
            ("a.docx", "application/zip"),
            ("a", BYTES),
            ("a.txt", "text/plain"),
        ] {
            assert!(takes(&types, name, kind), "{name} {kind}");
        }
    }

    #[test]
    fn only_what_is_accepted_is_taken() {
        let types = rule(FileTypeRule::Only, &["pdf", "docx", "csv", "image/*"]);
        for (name, kind) in [
            ("a.pdf", "application/pdf"),
            ("scan", "application/pdf"),
            ("a.docx", "application/zip"),
            ("a.csv", "text/plain"),
            ("a.JPEG", "image/jpeg"),
            ("photo", "image/png"),
        ] {
            assert!(takes(&types, name, kind), "{name} {kind}");
        }
        for (name, kind) in [
            ("a.pdf.exe", "application/pdf"),
            ("a.pdf", PE),
            ("a.png", PE),
            ("a.docx", PE),
            ("a.exe", "image/png"),
            ("a.bat", "text/plain"),
            ("a.rs", "text/plain"),
            ("a", BYTES),
            ("a.zip", "application/zip"),
            ("a", "application/zip"),
            ("a.mp4", "video/mp4"),
        ] {
            assert!(!takes(&types, name, kind), "{name} {kind}");
        }
        assert!(check_name(&types, "a.exe").is_err());
        assert!(check_name(&types, "a").is_ok());
        let texts = rule(FileTypeRule::Only, &["text/*"]);
        assert!(takes(&texts, "a.rs", "text/plain"));
        assert!(!takes(&texts, "a.bat", "text/plain"));
    }

    #[test]
    fn the_sentence_names_the_type_and_the_rule() {
        let types = rule(FileTypeRule::Only, &["pdf", "png"]);
        assert_eq!(
            check_name(&types, "a.EXE").unwrap_err().to_string(),
            "Files of the type exe are not taken here; taken are: pdf, png."
        );
        let many: Vec<String> = (0..30).map(|it| format!("a{it:02}")).collect();
        let many: Vec<&str> = many.iter().map(|it| &**it).collect();
        let types = rule(FileTypeRule::Except, &many);
        let told = check_name(&types, "x.a01").unwrap_err().to_string();
        assert!(told.ends_with("a19, …."), "{told}");
    }

    #[test]
    fn every_kind_is_written_once() {
        let mut kinds: Vec<_> = KINDS.iter().map(|(kind, _)| kind).collect();
        kinds.sort();
        kinds.dedup();
        assert_eq!(kinds.len(), KINDS.len());
        assert!(KINDS.iter().all(|(_, endings)| !endings.is_empty()));
    }
}
