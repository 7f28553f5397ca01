//! Links that open a file for a while without signing in: for a player, a download program, an
//! outside viewer. A link is sealed with the key outside the database and names its maker; whoever
//! opens it gets what the maker may read at that moment, so that it stops with their access.
//!
//! Invariant: a link that does not open tells nothing but that, whatever the reason.

use super::Held;
use crate::{
    Actor, Engine, Failure, Grants,
    execute::now,
    vault::{VAULT_KEY_BYTES, Vault},
};
use jiff::ToSpan;
use tenon_domain::refusal::Refusal;
use tenon_protocol::{
    FileId, MemberId, Timestamp, WorkspaceId, file::File, limit::FILE_LINK_MINUTES_MAX,
};
use uuid::Uuid;

const PURPOSE: &str = "tenon 2026 link to a file";
/// Bytes of what is sealed: three ids and a time.
const PLAIN_BYTES: usize = 3 * 16 + 8;

/// What a link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Claim {
    workspace: WorkspaceId,
    maker: MemberId,
    file: FileId,
    /// Microseconds since 1970.
    expires_at: i64,
}

impl Engine {
    /// What a link to a file that the asker may have ends with, and when it stops. `minutes`: from
    /// 1 to 1,440. Refusals: no such file, switched off by administrators.
    pub async fn make_file_link(
        &self,
        actor: &Actor,
        file: FileId,
        minutes: u32,
    ) -> Result<(String, Timestamp), Failure> {
        if !(1..=FILE_LINK_MINUTES_MAX).contains(&minutes) {
            let (min, max) = (1, FILE_LINK_MINUTES_MAX.into());
            let field = "minutes";
            return Err(Refusal::OutOfRange { field, min, max }.into());
        }
        self.get_file(actor, file).await?;
        if !self.policy(actor.workspace).await?.file_links {
            return Err(Refusal::FileLinksOff.into());
        }
        let key = self.vault_key()?;
        let expires_at = now()
            .checked_add(i64::from(minutes).minutes())
            .unwrap_or(Timestamp::MAX);
        let claim = Claim {
            workspace: actor.workspace,
            maker: actor.member,
            file,
            expires_at: expires_at.as_microsecond(),
        };
        Ok((seal(&key, &claim), expires_at))
    }

    /// The file behind a link, as its maker would get it now. Refusal: none that opens.
    pub async fn open_file_link(&self, link: &str) -> Result<(File, Held), Failure> {
        let unknown = || Failure::from(Refusal::UnknownFile { field: None });
        let claim = open(&self.vault_key()?, link, now()).ok_or_else(unknown)?;
        let maker = Actor {
            workspace: claim.workspace,
            member: claim.maker,
            grants: Grants::all(),
            internal: false,
        };
        let hidden = |failure| match failure {
            Failure::Refused(_) => unknown(),
            other => other,
        };
        let policy = self.policy(claim.workspace).await.map_err(hidden)?;
        if !policy.file_links {
            return Err(unknown());
        }
        self.get_file(&maker, claim.file).await.map_err(hidden)
    }
}

fn seal(key: &[u8; VAULT_KEY_BYTES], claim: &Claim) -> String {
    let plain = [
        &claim.workspace.0.as_bytes()[..],
        claim.maker.0.as_bytes(),
        claim.file.0.as_bytes(),
        &claim.expires_at.to_le_bytes(),
    ]
    .concat();
    Vault::new(key).seal_link(PURPOSE, &plain)
}

/// None if it was sealed with another key or changed, compared in constant time (AES-GCM), or if
/// its time is over.
fn open(key: &[u8; VAULT_KEY_BYTES], link: &str, now: Timestamp) -> Option<Claim> {
    let plain = Vault::new(key).open_link(PURPOSE, link)?;
    let plain: [u8; PLAIN_BYTES] = plain.try_into().ok()?;
    let id = |at: usize| Uuid::from_slice(&plain[at..at + 16]).ok();
    let claim = Claim {
        workspace: WorkspaceId(id(0)?),
        maker: MemberId(id(16)?),
        file: FileId(id(32)?),
        expires_at: i64::from_le_bytes(plain[48..].try_into().ok()?),
    };
    (now.as_microsecond() < claim.expires_at).then_some(claim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_with_its_key_unchanged_and_in_time() {
        let at = |micros| Timestamp::from_microsecond(micros).unwrap();
        let claim = Claim {
            workspace: WorkspaceId::new(),
            maker: MemberId::new(),
            file: FileId::new(),
            expires_at: 7,
        };
        let key = [7; VAULT_KEY_BYTES];
        let link = seal(&key, &claim);
        assert_eq!(open(&key, &link, at(6)), Some(claim));
        assert_eq!(open(&key, &link, at(7)), None);
        assert_eq!(open(&[8; VAULT_KEY_BYTES], &link, at(6)), None);
        assert_ne!(seal(&key, &claim), link);
        for place in 0..link.len() {
            let mut forged = link.clone().into_bytes();
            forged[place] = if forged[place] == b'0' { b'1' } else { b'0' };
            let forged = std::str::from_utf8(&forged).unwrap();
            assert_eq!(open(&key, forged, at(6)), None);
        }
        let longer = format!("{link}00");
        for wrong in [
            "",
            "00",
            "zz",
            "+1+1",
            &link[2..],
            &link[..link.len() - 1],
            &*longer,
        ] {
            assert_eq!(open(&key, wrong, at(6)), None, "{wrong}");
        }
    }
}
