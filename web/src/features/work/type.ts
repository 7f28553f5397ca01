/** The protocol's words that this feature uses, from the generated types. */
import type { components } from '../../protocol/api'

type Schemas = components['schemas']
export type Category = Schemas['Category']
export type Channel = Schemas['Channel']
export type Entry = Schemas['Entry']
export type Feed = Schemas['Feed']
export type Member = Schemas['Member']
export type Message = Schemas['Message']
export type Priority = Schemas['Priority']
export type Project = Schemas['Project']
export type State = Schemas['State']
export type Task = Schemas['Task']
export type TaskChange = Schemas['TaskChange']
export type Template = Schemas['Template']
export type Visibility = Schemas['Visibility']
