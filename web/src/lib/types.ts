import type { components } from './api';

type Schemas = components['schemas'];
/** The contract omits empty fields; these are the ones every answer carries. */
type With<T, K extends keyof T> = T & Required<Pick<T, K>>;

export type Role = Schemas['Role'];
export type DealStatus = Schemas['DealStatus'];
export type ClientStatus = Schemas['ClientStatus'];
export type ClientType = Schemas['ClientType'];
export type MemberFunction = Schemas['MemberFunction'];
export type ObjectKind = Schemas['ObjectKind'];
export type InsuredObject = With<Schemas['InsuredObject'], 'kind'>;
export type Member = With<Schemas['Member'], 'user_id' | 'full_name' | 'function'>;
export type Contact = Schemas['Contact'];
export type Deadline = With<Schemas['Deadline'], 'date' | 'reason'>;
export type Capability = Schemas['Capability'];
export type Duplicate = With<Schemas['Duplicate'], 'client_id' | 'reason'>;
export type Group = Schemas['Group'];
export type View = With<Schemas['View'], 'id' | 'name' | 'resource' | 'version'>;
export type User = With<Schemas['User'], 'id' | 'full_name' | 'role'>;
export type Preferences = Schemas['Preferences'];
export type Session = With<Schemas['Session'], 'id' | 'user_id'>;
export type Entry = With<Schemas['Entry'], 'id' | 'at' | 'action' | 'entity_type' | 'entity_id'>;
export type JournalEntry = With<Schemas['JournalEntry'], 'id' | 'text' | 'created_at' | 'version'>;
export type NotificationSettings = Schemas['NotificationSettings'];
export type Notification = With<Schemas['Notification'], 'id' | 'kind' | 'created_at' | 'shown_at'>;
export type Job = With<
  Schemas['Job'],
  'id' | 'status' | 'list' | 'format' | 'created_at' | 'version'
>;
export type DueCount = Schemas['DueCount'];
export type ReminderRule = Exclude<Schemas['ReminderRule'], ''>;
export type Reminder = Omit<With<Schemas['Reminder'], 'subject_id' | 'on' | 'fires_on'>, 'rule'> & {
  rule: ReminderRule;
};
export type ReminderCount = Omit<With<Schemas['ReminderCount'], 'fires_on'>, 'rule'> & {
  rule: ReminderRule;
};
export type Agency = With<Schemas['Agency'], 'id' | 'name' | 'time_zone' | 'version'>;
export type BackgroundJob = Omit<
  With<Schemas['BackgroundJob'], 'service' | 'name'>,
  'state' | 'set_aside'
> & {
  state: Exclude<Schemas['BackgroundJobState'], ''>;
  set_aside?: With<Schemas['SetAside'], 'subject_id' | 'reason'>[];
};
export type Hit = With<Schemas['Hit'], 'kind' | 'id' | 'title'>;

export type Deal = Omit<
  With<Schemas['Deal'], 'id' | 'number' | 'client_id' | 'title' | 'status' | 'version'>,
  'objects' | 'members' | 'deadline' | 'allowed_statuses'
> & {
  objects?: InsuredObject[];
  members?: Member[];
  deadline?: Deadline;
  allowed_statuses?: DealStatus[];
};
export type Client = Omit<
  With<Schemas['Client'], 'id' | 'type' | 'full_name' | 'status' | 'version'>,
  'duplicates'
> & { duplicates?: Duplicate[] };
export type TimelineItem = Omit<With<Schemas['TimelineItem'], 'id' | 'at' | 'kind'>, 'entry'> & {
  entry?: JournalEntry;
};
export type Change = With<Schemas['Change'], 'kind' | 'id' | 'type'>;
export type SessionReply = Omit<
  With<Schemas['SessionReply'], 'csrf_token' | 'session_id' | 'time_zone' | 'today'>,
  'user'
> & { user: User };

export type TaskStatus = Schemas['TaskStatus'];
export type TaskPriority = Schemas['TaskPriority'];
export type Task = Omit<
  With<Schemas['Task'], 'id' | 'number' | 'subject' | 'status' | 'priority' | 'version'>,
  'allowed_statuses'
> & { allowed_statuses?: TaskStatus[] };
export type TaskHistoryItem = With<Schemas['TaskHistoryItem'], 'id' | 'at' | 'kind'>;
export type TaskTemplate = With<Schemas['TaskTemplate'], 'id' | 'name' | 'subject' | 'version'>;
export type ParsedTask = Schemas['ParsedTask'];

export const taskStatuses = [
  'new',
  'in_progress',
  'done',
  'cancelled',
] as const satisfies readonly TaskStatus[];

export const dealStatuses = [
  'draft',
  'calculation',
  'client_decision',
  'issuance',
  'active',
  'closed',
] as const satisfies readonly DealStatus[];

/** What the server would answer to an action; a record that says nothing about it refuses nothing. */
export function may(record: { can?: Capability[] } | undefined, action: string): boolean {
  const found = record?.can?.find((item) => item.action === action);
  return found ? found.allowed === true : true;
}
/** The reason of its refusal. */
export function whyNot(record: { can?: Capability[] }, action: string): string | undefined {
  return record.can?.find((item) => item.action === action)?.reason;
}
