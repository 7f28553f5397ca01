// The windows that the menu of a channel opens.

import { type FormEvent, useId, useState } from 'react'
import { errorText, t } from '../../../i18n'
import {
  addChannelMember,
  canManage,
  leaveChannel,
  updateChannel,
  useChannelMembers,
} from '../../../model/channel'
import { addFeed, removeFeed, useFeeds } from '../../../model/feed'
import { useMe } from '../../../model/member'
import { failureText, Refused } from '../../../model/pending'
import { useProjects } from '../../../model/project'
import { useFollowed } from '../../../model/roster'
import type { Channel } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { Confirm, Dialog } from '../../../ui/Dialog'
import { Empty } from '../../../ui/Empty'
import { Field, Input, Switch, Textarea } from '../../../ui/Field'
import { toast } from '../../../ui/Toast'
import { FollowWindow } from '../../roster/FollowWindow'
import { SpaceField } from '../../space/SpaceField'
import { ProjectMark } from '../../work/pickers'
import { BookmarkForm } from './BookmarkForm'
import { PeopleField } from './PeopleField'
import { PostingWindow } from './PostingWindow'
import { ProjectField } from './ProjectField'

export type ChannelWindow =
  | 'edit'
  | 'add'
  | 'bookmark'
  | 'feeds'
  | 'follow'
  | 'posting'
  | 'hide'
  | 'archive'
  | 'leave'

interface Props {
  channel: Channel
  open: ChannelWindow | null
  onClose(): void
}

export function ChannelWindows({ channel, open, onClose }: Props) {
  const change = (shown: boolean) => {
    if (!shown) onClose()
  }
  return (
    <>
      {open === 'edit' && <EditChannel channel={channel} onClose={onClose} />}
      {open === 'add' && <AddPeople channel={channel} onClose={onClose} />}
      {open === 'bookmark' && <BookmarkForm channel={channel.id} onClose={onClose} />}
      {open === 'feeds' && <Feeds channel={channel} onClose={onClose} />}
      {open === 'follow' && (
        <FollowWindow roster={{ channel: channel.id }} channel={channel} onClose={onClose} />
      )}
      {open === 'posting' && <PostingWindow channel={channel} onClose={onClose} />}
      <Confirm
        open={open === 'hide'}
        onOpenChange={change}
        title={t('chat.hide_title', { name: channel.name })}
        description={t('chat.hide_hint')}
        action={t('chat.hide')}
        danger
        onConfirm={() => updateChannel(channel.id, { kind: 'private' }).settled.catch(failed)}
      />
      <Confirm
        open={open === 'archive'}
        onOpenChange={change}
        title={t('chat.archive_title', { name: channel.name })}
        description={t('chat.archive_hint')}
        action={t('chat.archive')}
        onConfirm={() => updateChannel(channel.id, { archived: true }).settled.catch(failed)}
      />
      <Confirm
        open={open === 'leave'}
        onOpenChange={change}
        title={t('chat.leave_title', { name: channel.name })}
        description={t('chat.leave_private_hint')}
        action={t('chat.leave')}
        danger
        onConfirm={() => leaveChannel(channel.id).settled.catch(failed)}
      />
    </>
  )
}

function failed(error: Error) {
  toast({ title: failureText(error), kind: 'error' })
}

const SHOWN = ['topic', 'description', 'space']

type Words = Pick<Channel, 'name' | 'topic' | 'description' | 'project' | 'space'>

/** What is other than it was. */
function changesOf(channel: Channel, wanted: Words): Partial<Words> {
  const { name, topic, description, project, space } = wanted
  return {
    ...(name !== channel.name && { name }),
    ...(topic !== (channel.topic ?? '') && { topic }),
    ...(description !== (channel.description ?? '') && { description }),
    ...(project !== (channel.project ?? null) && { project }),
    ...(space !== (channel.space ?? null) && { space }),
  }
}

function EditChannel({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const form = useId()
  const [name, setName] = useState(channel.name)
  const [topic, setTopic] = useState(channel.topic ?? '')
  const [description, setDescription] = useState(channel.description ?? '')
  const [project, setProject] = useState(channel.project ?? null)
  const [space, setSpace] = useState(channel.space ?? null)
  const manages = canManage(channel, useMe())
  const stays = channel.kind === 'public' && channel.in_closed_space === true
  const [error, setError] = useState<{ field: string; text: string } | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = name.trim().replace(/^#+/, '')
    if (wanted === '') return setError({ field: 'name', text: t('chat.name_missing') })
    const words = { name: wanted, topic: topic.trim(), description: description.trim() }
    const changes = changesOf(channel, { ...words, project, space })
    if (Object.keys(changes).length === 0) return onClose()
    try {
      await updateChannel(channel.id, changes).settled
      onClose()
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure
      const { field, code } = failure.failure
      const known = SHOWN.includes(field ?? '') ? (field ?? '') : 'name'
      setError({ field: known, text: errorText(code) })
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('chat.edit_channel')}
      width="md"
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form={form}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('chat.name')} error={error?.field === 'name' ? error.text : undefined}>
          <Input
            value={name}
            maxLength={80}
            onChange={(event) => {
              setName(event.currentTarget.value)
              setError(null)
            }}
          />
        </Field>
        <Field
          label={t('chat.topic')}
          hint={t('chat.topic_hint')}
          optional
          error={error?.field === 'topic' ? error.text : undefined}
        >
          <Textarea
            rows={2}
            value={topic}
            maxLength={500}
            onChange={(event) => setTopic(event.currentTarget.value)}
          />
        </Field>
        <Field
          label={t('chat.description')}
          hint={t('chat.description_hint')}
          optional
          error={error?.field === 'description' ? error.text : undefined}
        >
          <Textarea
            rows={4}
            value={description}
            maxLength={2000}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
        </Field>
        <ProjectField value={project} onChange={setProject} />
        {manages && (
          <SpaceField
            value={space}
            onChange={setSpace}
            stays={stays}
            error={error?.field === 'space' ? error.text : undefined}
          />
        )}
      </form>
    </Dialog>
  )
}

function AddPeople({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const isGuest = useMe().role === 'guest'
  const followed = useFollowed({ channel: channel.id }, isGuest, channel.follows_space)
  // Whoever is there through what it follows alone can be added by name, and stays then.
  const present = useChannelMembers(channel.id)?.filter((id) => followed?.named?.has(id) ?? true)
  const [people, setPeople] = useState<string[]>([])
  const add = () => {
    onClose()
    for (const member of people) addChannelMember(channel.id, member).settled.catch(failed)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('chat.add_people')}
      description={channel.kind === 'private' ? t('chat.add_people_private') : undefined}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" disabled={people.length === 0} onClick={add}>
            {t('chat.add')}
          </Button>
        </>
      }
    >
      <PeopleField
        autoFocus
        label={t('chat.people')}
        value={people}
        onChange={setPeople}
        without={present}
        onEnter={add}
      />
    </Dialog>
  )
}

function Feeds({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const projects = useProjects().filter((project) => !project.archived)
  const feeds = useFeeds(channel.id)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('chat.follow_project')}
      description={t('chat.follow_hint')}
    >
      {projects.length === 0 ? (
        <Empty title={t('chat.no_projects')} />
      ) : (
        <ul className="-mx-2 flex flex-col">
          {projects.map((project) => (
            <li key={project.id} className="rounded-md px-2 py-2 hover:bg-hover">
              <Switch
                checked={feeds.some((feed) => feed.project === project.id)}
                onChange={(follow) => {
                  const change = follow ? addFeed : removeFeed
                  change(channel.id, project.id).settled.catch(failed)
                }}
                label={
                  <span className="flex items-center gap-2">
                    <ProjectMark projectKey={project.key} />
                    <span className="truncate">{project.name}</span>
                    <span className="text-faint text-sm">{project.key}</span>
                  </span>
                }
              />
              {project.visibility === 'private' && (
                <p className="pl-7 text-faint text-sm">{t('chat.follow_private')}</p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
