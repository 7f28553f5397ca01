/** The pickers that other features use: chat's make-task pop-over, project dialogs. */
export { DueCalendar, DuePicker, DueText, dueWords } from './DuePicker'
export { LabelList, LabelPicker } from './LabelPicker'
export { MemberList, MemberPicker } from './MemberPicker'
export { PriorityList, PriorityPicker, priorityName } from './PriorityPicker'
export { ProjectList, ProjectMark, ProjectPicker } from './ProjectPicker'
export { StartPicker, StartText } from './StartPicker'
export { StateList, StatePicker } from './StatePicker'
export { TypeList, TypePicker } from './TypePicker'
