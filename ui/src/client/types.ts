/** The shapes of the studio's API, as both sides agreed on them. */

export type Language = 'zh-CN' | 'en';
export type ThemeChoice = 'system' | 'light' | 'dark';
export type Role = 'viewer' | 'operator' | 'developer' | 'administrator';
export type Fault = 'ROW' | 'TRANSIENT' | 'ENVIRONMENT' | 'CONFIG' | 'BUG';
export type Bilingual = { zh: string; en: string };

export type Problem = {
  code: string;
  message: string;
  place?: string | null;
  fix?: string | null;
  fault?: Fault | string;
  file?: string | null;
  line?: number | null;
  column?: number | null;
};

export type Page<T> = { items: T[]; next?: string | null };

// A person's consent to a connection.
export type Consent = {
  needed: boolean;
  given: boolean;
  back: string;
  problem?: Problem | null;
  by?: string | null;
  renewed_at?: string | null;
};
export type ConsentEnded = { project: string; connection: string; problem?: Problem | null };

// Session and access.
export type Principal = {
  id: string;
  name: string;
  display_name: string;
  language?: Language | null;
  theme?: ThemeChoice | null;
};
export type Provider = { id: string; kind: 'oidc' | 'ldap'; title: string };
export type Grants = Record<string, Role>;
export type OidcSettings = {
  issuer: string;
  client_id: string;
  scope: string;
  name_claim: string;
  groups_claim: string;
};
export type LdapSettings = {
  url: string;
  bind_dn: string;
  user_base: string;
  user_filter: string;
  group_base: string;
  group_filter: string;
};
/** A provider as administrators set it up; its secret never comes back. */
export type ProviderSetup = Provider & {
  enabled: boolean;
  oidc?: OidcSettings | null;
  ldap?: LdapSettings | null;
  groups: Record<string, Grants>;
  everybody: Grants;
};
export type Session = {
  state: 'setup' | 'anonymous' | 'signed_in';
  principal?: Principal | null;
  grants?: Record<string, Role> | null;
  totp_required?: boolean;
  providers?: Provider[];
  version?: string;
};
export type LoginSession = {
  id: string;
  ip?: string | null;
  agent?: string | null;
  created_at: string;
  seen_at?: string | null;
  current?: boolean;
};
export type User = {
  id: string;
  name: string;
  display_name: string;
  source: 'local' | 'oidc' | 'ldap';
  disabled: boolean;
  grants: Record<string, Role>;
  last_login_at?: string | null;
  totp: boolean;
};
export type Token = {
  id: string;
  name: string;
  prefix: string;
  project: string;
  role: Role;
  expires_at?: string | null;
  created_at: string;
  last_used_at?: string | null;
};
export type SecretEntry = {
  name: string;
  version: number;
  updated_at: string;
  updated_by?: string | null;
};
export type AuditEntry = {
  seq: number;
  at: string;
  actor: string;
  ip?: string | null;
  action: string;
  project?: string | null;
  object: string;
  before?: unknown;
  after?: unknown;
  hash: string;
};
export type AuditCheck = {
  entries: number;
  ok: boolean;
  broken_at?: number | null;
  because?: 'entry' | 'cut' | 'added' | 'head' | 'checkpoint' | null;
};

// Projects and documents.
export type Project = {
  name: string;
  title: string;
  color?: string | null;
  created_at: string;
  role: Role;
};
export type DocumentKind = 'connections' | 'flows';
export type DocumentState = 'draft' | 'published' | 'changed';
export type DocumentEntry = {
  name: string;
  title?: string | null;
  type?: string | null;
  state: DocumentState;
  revision: number;
  published_revision?: number | null;
  updated_at: string;
  updated_by?: string | null;
  tags?: string[];
  last_run?: {
    id: string;
    state: RunState;
    ended_at?: string | null;
    rows_read: number;
    rows_written: number;
    rows_rejected: number;
  } | null;
  schedule?: { paused: boolean; next_at?: string | null } | null;
};
export type Lock = { holder: string; holder_id: string; until: string };
export type StoredDocument = {
  name: string;
  kind: string;
  text: string;
  layout?: Record<string, unknown> | null;
  revision: number;
  published_revision?: number | null;
  state: DocumentState;
  updated_at: string;
  updated_by?: string | null;
  lock?: Lock | null;
  problems?: Problem[];
};
export type Renamed = {
  document: StoredDocument;
  /** Flows that were changed to the new name. */
  changed: { kind: string; name: string; revision: number }[];
  /** Flows that may name the old name still: nobody can read them. */
  references: { kind: string; name: string; problems: Problem[] }[];
};
/** A flow that names a connection, and where; no place where it cannot be read. */
export type ConnectionUse = {
  flow: string;
  state: DocumentState;
  places: { path: string; line: number }[];
  locked_by?: string | null;
};
export type ConnectionUses = { items: ConnectionUse[]; next?: string | null; total: number };
export type Revision = {
  revision: number;
  author: string;
  at: string;
  message?: string | null;
  published: boolean;
};

// Connectors and connections.
export type OptionKind = 'text' | 'integer' | 'bool' | 'duration' | 'choice' | 'tree';
export type Option = {
  name: string;
  kind: OptionKind;
  required: boolean;
  secret: boolean;
  fallback?: string | null;
  sentence: Bilingual;
  example?: string | null;
  choices?: string[];
  min?: number | null;
  max?: number | null;
  /** What stands below an object; one named `*` stands for names of the author's choice. */
  parts?: Option[];
  /** Words of siblings under which the option may stand. */
  when?: Record<string, string[]>;
  /** What choices are called. */
  titles?: Record<string, Bilingual>;
};
export type Connector = {
  type: string;
  title: Bilingual;
  roles: string[];
  options: Option[];
};
export type CheckStep = {
  step: string;
  ok: boolean;
  seconds?: number | null;
  problem?: Problem | null;
};
export type ConnectionCheck = { ok: boolean; steps: CheckStep[]; version?: string | null };
export type DatasetEntry = {
  name: string;
  comment?: string | null;
  rows_estimate?: number | null;
  kind?: string | null;
};
export type DatasetColumn = {
  name: string;
  type: string;
  native_type?: string | null;
  nullable?: boolean;
  filled?: boolean;
  comment?: string | null;
  key?: boolean;
};
export type Dataset = {
  name: string;
  columns: DatasetColumn[];
  key: string[];
  cursor_candidates?: (string | { name: string; reason?: string })[];
};
export type ColumnProfile = {
  name: string;
  type: string;
  nulls: number;
  null_percent: number;
  distinct: number;
  min?: string | null;
  max?: string | null;
};
export type Preview = {
  columns: { name: string; type: string }[];
  rows: (string | null)[][];
  profile?: ColumnProfile[];
  sampled_rows: number;
  of: 'sample' | 'all';
  partial: boolean;
  empty_because?: string | null;
};

// Flow design.
/** `filled`: its system gives it a value where none is written. */
export type PlannedColumn = { name: string; type: string; nullable: boolean; filled?: boolean };
export type PlannedStep = {
  kind: string;
  inputs: string[];
  columns: PlannedColumn[] | null;
  problems: Problem[];
  target?: { columns: PlannedColumn[]; ddl?: string | null; mode: string; exists: boolean };
};
export type FlowCheck = { problems: Problem[]; steps: Record<string, PlannedStep> };
export type FieldInfo = {
  name: string;
  type: string;
  nullable: boolean;
  filled?: boolean;
  comment?: string | null;
  samples: string[];
  key: boolean;
};
export type Proposal = {
  target: string;
  source: string | null;
  score: number;
  band: 'auto' | 'suggest' | 'none';
  reasons: { code: string; text: Bilingual; score: number }[];
  alternatives: { source: string; score: number }[];
};

// Runs.
export type RunState = 'waiting' | 'running' | 'succeeded' | 'rejected' | 'failed' | 'cancelled';
export type Trigger = 'manual' | 'schedule' | 'dependency' | 'api' | 'retry';
export type StepCounts = {
  rows_in: number;
  rows_out: number;
  rows_rejected: number;
  bytes?: number;
};
export type Verification = {
  source_rows: number;
  target_rows: number;
  missing: number;
  extra: number;
  different: number;
};
export type Receipt = {
  flow: string;
  run: string;
  state: string;
  seconds: number;
  resumed: boolean;
  steps: Record<string, StepCounts>;
  verification?: Verification | null;
  problem?: Problem | null;
};
export type Run = {
  id: string;
  project?: string;
  flow: string;
  revision?: number | string | null;
  state: RunState;
  trigger: Trigger;
  actor?: string | null;
  queued_at?: string | null;
  started_at?: string | null;
  ended_at?: string | null;
  attempt: number;
  attempts_max: number;
  rows_read?: number | null;
  rows_written?: number | null;
  rows_rejected?: number | null;
  seconds?: number | null;
  /** It was asked to stop and has not yet. */
  cancelling?: boolean;
  problem?: Problem | null;
  receipt?: Receipt | null;
};
export type RunStep = StepCounts & {
  name: string;
  kind?: string | null;
  state: RunState;
  started_at?: string | null;
  ended_at?: string | null;
};
export type Attempt = {
  attempt: number;
  state: RunState;
  started_at?: string | null;
  ended_at?: string | null;
  problem?: Problem | null;
};
export type RunDetail = Run & {
  steps: RunStep[] | null;
  attempts: Attempt[] | null;
  verification?: Verification | null;
  /** Whether there is a report of a verification to fetch. */
  verified?: boolean;
};
export type RunProgress = {
  step: string;
  state?: RunState;
  rows: number;
  rows_rejected?: number;
  rows_expected?: number | null;
  rate?: number | null;
};
export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
export type LogLine = { at: string; level: LogLevel | string; text: string; step?: string | null };

// Rejects.
export type RejectGroup = {
  cause: string;
  code: string;
  column?: string | null;
  step?: string | null;
  count: number;
  /** What is wrong with the newest of them. */
  example?: string | null;
};
export type RejectedRow = {
  id: string;
  run: string;
  step: string;
  stage?: string | null;
  code: string;
  message: string;
  fix?: string | null;
  column?: string | null;
  row: Record<string, unknown>;
  types?: Record<string, string>;
  /** The row as it came, where it could not be taken apart. */
  raw?: string | null;
  state: string;
  attempts: number;
  at: string;
};
export type RejectsPage = Page<RejectedRow> & { groups: RejectGroup[] };
/** A flow some rows of which wait to be mended. */
export type RejectsWaiting = { flow: string; rows: number };
export type ReplayResult = {
  written: number;
  rejected: number;
  results?: { id: string; ok?: boolean; code?: string | null; message?: string | null }[];
};

// Schedules.
export type MissedPolicy = 'skip' | 'once' | 'all';
export type ConcurrencyPolicy = 'skip' | 'queue';
export type ScheduleDraft = {
  flow: string;
  cron?: string | null;
  zone: string;
  calendar?: string | null;
  depends_on?: { flow: string; project?: string | null; gone?: boolean | null }[];
  missed: MissedPolicy;
  retries: { max: number; wait_seconds: number };
  concurrency: ConcurrencyPolicy;
  paused: boolean;
};
export type Schedule = ScheduleDraft & {
  id: string;
  next?: string[];
  words?: Bilingual | null;
  last_fire?: string | null;
};
export type SchedulePreview = {
  words?: Bilingual | null;
  next: string[];
  problems?: Problem[];
  open_years?: number[];
};
/** A time of a schedule that came, and what it became. */
export type Fire = {
  time: string;
  at: string;
  outcome: 'started' | 'missed' | 'busy' | 'unpublished';
  run?: string | null;
};
export type DayKind = 'holiday' | 'workday';
export type Calendar = {
  name: string;
  title: string;
  note?: string | null;
  days: Record<string, DayKind>;
  official_until?: string | null;
};

// Home and alerts.
export type Home = {
  transfer: {
    runs: number;
    succeeded: number;
    rejected: number;
    failed: number;
    success_rate: number | null;
    seconds_p50?: number | null;
    seconds_p95?: number | null;
    seconds_p99?: number | null;
  };
  rows_today: number;
  rows_by_hour: { at: string; rows: number }[];
  freshness: { dataset: string; flow: string; last_success_at?: string | null; late: boolean }[];
  failing: Run[];
  slowest: { flow: string; seconds_p95: number }[];
  quotas: {
    connection: string;
    budget: string;
    used: number;
    limit: number;
    /** When the vendor counts anew; none for a window that moves along. */
    resets_at?: string | null;
    exhausted_at?: string | null;
  }[];
  waiting: number;
  running: number;
};
export type ChannelKind = 'email' | 'webhook' | 'dingtalk' | 'feishu' | 'wecom' | 'slack' | 'teams';
export type ChannelDraft = {
  name: string;
  kind: ChannelKind;
  settings: Record<string, unknown>;
  language: Language;
};
export type Channel = ChannelDraft & { id: string };
export type ChannelAnswer = { ok: boolean; status?: number | null; answer?: string | null };
export type RuleEvent = string;
export type AlertRuleDraft = {
  name: string;
  on: RuleEvent;
  flow?: string | null;
  settings: Record<string, unknown>;
  channels: string[];
  silence?: string | null;
  recovery: boolean;
  paused: boolean;
};
export type AlertRule = AlertRuleDraft & { id: string };
export type Delivery = { channel: string; at: string; ok: boolean; answer?: string | null };
/** Until when nobody of a project is told anything. */
export type Maintenance = { until?: string | null };
export type Incident = {
  id: string;
  rule: string;
  flow?: string | null;
  opened_at: string;
  closed_at?: string | null;
  silenced_until?: string | null;
  fix?: string | null;
  count: number;
  text: string;
  /** Where what went wrong is shown: mostly a run. */
  link?: string | null;
  deliveries?: Delivery[];
};

/** A document with holes, to begin with. */
export type TemplateParameter = {
  name: string;
  kind: 'connection' | 'dataset' | 'column' | 'pattern' | 'path' | 'url';
  fallback?: string | null;
  title: Bilingual;
};
export type Template = {
  name: string;
  kind: string;
  title: Bilingual;
  description: Bilingual;
  parameters: TemplateParameter[];
  text: string;
};

// What lists are filtered by, under a name.
export type ViewList = 'flows' | 'runs' | 'rejects';
export type SavedView = {
  id: string;
  list: ViewList;
  name: string;
  filters: Record<string, string>;
  shared: boolean;
  owner: string;
  /** Whether one may change it. */
  mine: boolean;
  revision: number;
};
