// The words of the wire, by their short names. Generated types live in api.d.ts; nothing else is
// declared twice. Arrays and flags that are empty or false are absent on the wire.

import type { components } from './api'

type Schemas = components['schemas']

export type Workspace = Schemas['Workspace']
export type Policy = Schemas['Policy']
export type ChangePolicy = Schemas['ChangePolicy']
export type Member = Schemas['Member']
export type Status = Schemas['Status']
export type WorkingHours = Schemas['WorkingHours']
export type Group = Schemas['Group']
export type GroupKind = Schemas['GroupKind']
export type Role = Schemas['Role']
export type Language = Schemas['Language']
export type Space = Schemas['Space']
export type SpaceKind = Schemas['SpaceKind']
export type Roster = Schemas['Roster']
export type GroupFollowers = Schemas['GroupFollowers']
export type Progress = Schemas['Progress']
export type Channel = Schemas['Channel']
export type ChannelRole = Schemas['ChannelRole']
export type ChannelKind = Schemas['ChannelKind']
export type Membership = Schemas['Membership']
export type Message = Schemas['Message'] & { seq: number }
export type Pin = Schemas['Pin']
export type Poll = Schemas['Poll']
export type NewPoll = Schemas['NewPoll']
export type PollEnd = Schemas['PollEnd']
export type Ballot = Schemas['Ballot']
export type Vote = Schemas['Vote']
export type Acknowledgement = Schemas['Acknowledgement']
export type Asked = Schemas['Asked']
export type Readers = Schemas['Readers']
export type Thread = Omit<Schemas['Thread'], 'root'> & { root: Message }
export type Bookmark = Schemas['Bookmark']
export type Emoji = Schemas['Emoji']
export type File = Schemas['File']
export type ChannelFile = Schemas['ChannelFile']
export type Reaction = Schemas['Reaction']
export type TaskLink = Schemas['TaskLink']
export type Card = Schemas['Card']
export type Quote = Schemas['Quote']
export type Context = Schemas['Context']
export type Project = Schemas['Project']
export type State = Schemas['State']
export type Category = Schemas['Category']
export type Workflow = Schemas['Workflow']
export type Task = Schemas['Task'] & { seq: number; message_count: number; priority: Priority }
export type TaskChange = Schemas['TaskChange']
export type Priority = Schemas['Priority']
export type Found = Schemas['Found']
export type SearchPage = Schemas['SearchPage']
export type Snippet = Schemas['Snippet']
export type Guess = Schemas['Guess']
export type Draft = Schemas['Draft']
export type Feed = Schemas['Feed']
export type Notification = Schemas['Notification']
export type Reason = Schemas['Reason']
export type Why = Schemas['Why']
export type Pushed = Schemas['Pushed']
export type Mailed = Schemas['Mailed']
export type MailDigest = Schemas['MailDigest']
export type MailState = Schemas['MailState']
export type MailStatus = Schemas['MailStatus']
export type Preferences = Schemas['Preferences']
export type Preview = Schemas['Preview']
export type QuietHours = Schemas['QuietHours']
export type ChannelSetting = Schemas['ChannelSetting']
export type Level = Schemas['Level']
export type SideBar = Schemas['SideBar']
export type Section = Schemas['Section']
export type SideBarRow = Schemas['SideBarRow']
export type Saved = Schemas['Saved']
export type Scheduled = Schemas['Scheduled']
export type Snapshot = Schemas['Snapshot']
export type Limits = Schemas['Limits']

export type Command = Schemas['Command']
export type CommandType = Command['type']
/** The command of one type: `CommandOf<"post_message">`. */
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>
export type Outcome = Schemas['Outcome']
export type Event = Schemas['Event']
export type EventType = Event['type']
export type EventOf<T extends EventType> = Extract<Event, { type: T }>
/** `workspace`, `members`, `space:ID`, `channel:ID`, `project:ID` or `inbox:ID`. */
export type Scope = Schemas['Scope']
export type Entry = Omit<Schemas['Entry'], 'event'> & { event: Event }

export type ClientFrame = Schemas['ClientFrame']
export type ServerFrame = Schemas['ServerFrame']
export type SignalUp = Schemas['SignalUp']
export type SignalDown = Schemas['SignalDown']

export type ErrorCode = Schemas['ErrorCode']
export type ErrorDetail = Schemas['ErrorDetail']
export type QueryFault = Schemas['QueryFault']

export type SetupStatus = Schemas['SetupStatus']
export type Setup = Schemas['Setup']
export type SignIn = Schemas['SignIn']
export type SignedIn = Schemas['SignedIn']
export type Me = Schemas['Me']
export type Session = Schemas['Session']
export type Invitation = Schemas['Invitation']
export type InvitationCreated = Schemas['InvitationCreated']
export type InvitationPreview = Schemas['InvitationPreview']
export type Token = Schemas['Token']
export type TokenScope = Schemas['TokenScope']
export type TokenCreated = Schemas['TokenCreated']
export type Hook = Schemas['Hook']
export type HookCreated = Schemas['HookCreated']

/** One page of a list. */
export type Page<T> = { items: T[]; next?: string | null }

/** Version of the protocol that this UI speaks. */
export const PROTOCOL_VERSION = 24
