//! What administrators look at. Of what they do not see they are told how many, and nothing else.

use super::{allowed, me};
use crate::{
    Actor, Engine, Failure,
    census::{Census, Sum},
};
use futures::FutureExt;
use hashbrown::HashMap;
use std::cmp::Reverse;
use tenon_protocol::{
    ChannelId,
    administration::{
        ChannelFiles, ChannelReport, ChannelReports, FileSum, LargeFile, LimitName, LimitReport,
        SeenFile, StorageReport, StorageUsage,
    },
    channel::Channel,
    limit as limits,
};
use tenon_store::{channel, group, space, workspace};

/// Limit: public channels in one report.
const CHANNELS_MAX: i64 = 5_000;
/// Channels with most files that are named.
const CHANNELS_SHOWN: usize = 20;

impl Engine {
    /// Administrators: public channels that they see, by name, and how many others there are.
    pub async fn report_channels(&self, actor: &Actor) -> Result<ChannelReports, Failure> {
        self.check_admin(actor).await?;
        let found = self.read(actor.workspace, |reader| {
            async move {
                let first = ChannelId(uuid::Uuid::nil());
                let public = channel::list_reports(reader, first, CHANNELS_MAX).await?;
                Ok(Ok(public))
            }
            .boxed()
        });
        let found = found.await?;
        let (census, _) = self.census(actor.workspace);
        let bytes = |id: &ChannelId| {
            let census = census.as_ref()?;
            Some(census.channels.get(id).map_or(0, |sum| sum.bytes))
        };
        let report =
            |(channel, messages, last_message_at, members): channel::Report| ChannelReport {
                file_bytes: bytes(&channel.id),
                channel,
                members,
                messages,
                last_message_at,
            };
        let mut channels: Vec<ChannelReport> = found.into_iter().map(report).collect();
        channels.sort_by_key(|it| it.channel.name.to_lowercase());
        let hidden = census.as_ref().map(|census| census.hidden.clone());
        Ok(ChannelReports {
            channels,
            hidden: hidden.unwrap_or_default(),
            counted: census.is_some(),
        })
    }

    /// Administrators: what takes how much room, as it was counted last.
    pub async fn report_storage(&self, actor: &Actor) -> Result<StorageReport, Failure> {
        self.check_admin(actor).await?;
        let (census, counting) = self.census(actor.workspace);
        let Some(census) = census else {
            let usage = None;
            return Ok(StorageReport { counting, usage });
        };
        let seen = self.list_channels(actor).await?;
        let seen: HashMap<ChannelId, Channel> = seen.into_iter().map(|it| (it.id, it)).collect();
        let usage = Some(usage_of(&census, &seen));
        Ok(StorageReport { counting, usage })
    }

    /// Administrators: what there can be, and what there is.
    pub async fn report_limits(&self, actor: &Actor) -> Result<Vec<LimitReport>, Failure> {
        self.check_admin(actor).await?;
        let asker = *actor;
        let counts = self.read(actor.workspace, move |reader| {
            async move {
                allowed!(me(reader, &asker).await?);
                let domains = workspace::get(reader)
                    .await?
                    .map(|it| it.mail_domains.len());
                Ok(Ok((
                    group::count(reader).await?,
                    space::count(reader).await?,
                    channel::list_default(reader).await?.len(),
                    domains.unwrap_or(0),
                )))
            }
            .boxed()
        });
        let (groups, spaces, defaults, domains) = counts.await?;
        let invitations = self.list_invitations(actor).await?.len();
        let counted = [
            (LimitName::Groups, limits::GROUPS_MAX, groups),
            (LimitName::Spaces, limits::SPACES_MAX, spaces),
            (
                LimitName::DefaultChannels,
                limits::DEFAULT_CHANNELS_MAX,
                defaults as i64,
            ),
            (
                LimitName::Invitations,
                limits::INVITATIONS_MAX,
                invitations as i64,
            ),
            (
                LimitName::MailDomains,
                limits::MAIL_DOMAINS_MAX,
                domains as i64,
            ),
        ];
        let counted = counted.into_iter().map(|(limit, max, used)| LimitReport {
            limit,
            max: max as i64,
            used: Some(used),
        });
        let fixed = fixed_limits().into_iter().map(|(limit, max)| LimitReport {
            limit,
            max,
            used: None,
        });
        Ok(counted.chain(fixed).collect())
    }
}

/// Limits of one message, channel, member or the like.
// Table: one line per limit.
fn fixed_limits() -> [(LimitName, i64); 11] {
    [
        (
            LimitName::MessageTextBytes,
            limits::MESSAGE_TEXT_BYTES_MAX as i64,
        ),
        (LimitName::MessageFiles, limits::MESSAGE_FILES_MAX as i64),
        (LimitName::DirectMembers, limits::DIRECT_MEMBERS_MAX as i64),
        (LimitName::ReadersMembers, limits::READERS_MAX),
        (
            LimitName::ChannelMentionMembers,
            limits::CHANNEL_MENTION_MEMBERS_MAX as i64,
        ),
        (
            LimitName::PinsPerChannel,
            limits::PINS_PER_CHANNEL_MAX as i64,
        ),
        (
            LimitName::BookmarksPerChannel,
            limits::BOOKMARKS_PER_CHANNEL_MAX as i64,
        ),
        (
            LimitName::FeedsPerChannel,
            limits::FEEDS_PER_CHANNEL_MAX as i64,
        ),
        (LimitName::FilesPerHour, limits::FILES_PER_HOUR_MAX),
        (LimitName::ScheduledMessages, limits::SCHEDULED_MAX as i64),
        (LimitName::SavedMessages, limits::SAVED_MAX as i64),
    ]
}

fn usage_of(census: &Census, seen: &HashMap<ChannelId, Channel>) -> StorageUsage {
    let mut elsewhere = FileSum::default();
    let mut channels = Vec::new();
    let mut in_channels = FileSum::default();
    for (id, sum) in &census.channels {
        let sum = file_sum(*sum);
        in_channels.files += sum.files;
        in_channels.bytes += sum.bytes;
        match seen.get(id) {
            Some(channel) => channels.push(ChannelFiles {
                channel: channel.clone(),
                sum,
            }),
            None => {
                elsewhere.files += sum.files;
                elsewhere.bytes += sum.bytes;
            }
        }
    }
    channels.sort_by_key(|it| (Reverse(it.sum.bytes), it.channel.id));
    channels.truncate(CHANNELS_SHOWN);
    let largest = census.largest.iter().map(|file| LargeFile {
        bytes: file.bytes,
        seen: file
            .channel
            .filter(|id| seen.contains_key(id))
            .map(|_| SeenFile {
                id: file.id,
                name: file.name.clone(),
                message: file.message,
            }),
    });
    // Files of tasks are in no channel.
    elsewhere.files += census.carried.files - in_channels.files;
    elsewhere.bytes += census.carried.bytes - in_channels.bytes;
    StorageUsage {
        counted_at: census.at,
        database_bytes: census.database_bytes,
        log_bytes: census.log_bytes,
        entries: census.entries,
        index_bytes: census.index_bytes,
        thumbnail_bytes: census.thumbnail_bytes,
        files: file_sum(census.carried),
        waiting: file_sum(census.waiting),
        deleted: file_sum(census.deleted),
        channels,
        elsewhere,
        largest: largest.collect(),
    }
}

fn file_sum(sum: Sum) -> FileSum {
    let Sum { files, bytes } = sum;
    FileSum { files, bytes }
}
