//! Files: what they may be called, and which of them a message may carry. Pure; the bytes are the
//! engine's business.

use crate::{access, refusal::Refusal, text};
use tenon_protocol::{
    FileId, MemberId, MessageId,
    file::File,
    limit::{FILE_NAME_BYTES_MAX, MESSAGE_FILES_MAX},
    member::Member,
};

/// A file that has arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub file: File,
    pub uploader: MemberId,
    /// The one message that carries it, deleted or not.
    pub message: Option<MessageId>,
    /// That message carries it no longer.
    pub detached: bool,
    /// The message that is sent later and is to carry it.
    pub scheduled: Option<MessageId>,
}

/// The files that this message is to carry, in the order wished for.
pub(crate) fn check_files(
    me: &Member,
    message: MessageId,
    uploads: &[Upload],
    wished: &[FileId],
) -> Result<Vec<File>, Refusal> {
    if wished.len() > MESSAGE_FILES_MAX {
        return Err(Refusal::TooMany {
            field: "files",
            max: MESSAGE_FILES_MAX,
        });
    }
    let mut files: Vec<File> = Vec::with_capacity(wished.len());
    for id in wished {
        let upload = uploads.iter().find(|upload| upload.file.id == *id);
        let upload = access::check_attach(me, message, upload)?;
        if files.iter().any(|file| file.id == *id) {
            return Err(Refusal::FileInUse);
        }
        files.push(upload.file.clone());
    }
    Ok(files)
}

/// A name that shows what it is: the last part of a path, without characters that cannot be seen
/// or that turn the direction of writing, cut to its limit before its extension.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = last.chars().filter(|c| text::is_seen(*c)).collect();
    let trimmed = seen.trim().trim_start_matches('.');
    if trimmed.is_empty() {
        return "file".to_owned();
    }
    if trimmed.len() <= FILE_NAME_BYTES_MAX {
        return trimmed.to_owned();
    }
    let (stem, extension) = match trimmed.rfind('.') {
        Some(at) if trimmed.len() - at <= 16 => trimmed.split_at(at),
        _ => (trimmed, ""),
    };
    let room = FILE_NAME_BYTES_MAX - extension.len();
    let end = (0..=room).rev().find(|at| stem.is_char_boundary(*at));
    format!("{}{extension}", &stem[..end.unwrap_or(0)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_shows_what_it_is() {
        assert_eq!(clean_name("报告 final.pdf"), "报告 final.pdf");
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name(r"C:\Users\li\图.png"), "图.png");
        assert_eq!(clean_name("cod\u{202e}gnp.exe\u{200b}"), "codgnp.exe");
        assert_eq!(clean_name("a\r\nb\0.txt"), "ab.txt");
        assert_eq!(clean_name(" ..\u{feff} "), "file");
        assert_eq!(clean_name(""), "file");
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let cut = clean_name(&format!("{}.tar", "长".repeat(200)));
        assert!(cut.len() <= FILE_NAME_BYTES_MAX);
        assert!(cut.ends_with("长.tar"));
    }
}
