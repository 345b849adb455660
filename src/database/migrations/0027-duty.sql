-- Who sits at a duty desk and when. The row of a society is the lock under which its roster changes.
create table duty_roster (
  society_id uuid primary key references society
);

create table duty_shift (
  id           uuid primary key,
  society_id   uuid not null references society,
  role         text not null check (role in ('dutyOfficer','dutyLead')),
  user_id      uuid not null references app_user,
  starts_at    timestamptz not null,
  ends_at      timestamptz not null,
  made_by      text not null,
  -- Why it is not as the roster was made: changed, swapped or cancelled.
  reason       text,
  changed_by   text,
  cancelled_at timestamptz,
  scope        text[] not null,
  version      integer not null default 1,
  check (ends_at > starts_at)
);
create index duty_shift_by_society on duty_shift (society_id, starts_at) where cancelled_at is null;
create index duty_shift_by_user on duty_shift (user_id, starts_at) where cancelled_at is null;
create unique index duty_shift_once on duty_shift (society_id, role, user_id, starts_at) where cancelled_at is null;   -- U1

-- What somebody at a duty desk must be told: it stays open as long as its cause. subject_id: the society, or the hand-over.
create table duty_notice (
  id         uuid primary key,
  kind       text not null check (kind in ('roster-gap','handover-late')),
  society_id uuid not null references society,
  subject_id uuid not null,
  to_ids     uuid[] not null,
  to_names   text[] not null,
  figures    jsonb not null,
  since      timestamptz not null,
  closed_at  timestamptz,
  scope      text[] not null,
  version    integer not null default 1
);
create unique index duty_notice_one_open on duty_notice (kind, subject_id) where closed_at is null;   -- U3
create index duty_notice_scope on duty_notice using gin (scope) where closed_at is null;

-- Hand-over of a duty desk: what was open at that moment, in the words of who goes, acknowledged line by line by who comes.
create table handover (
  id            uuid primary key,
  number        text not null unique,
  society_id    uuid not null references society,
  state         text not null check (state in ('drawn','taken','complete','withdrawn')),
  from_id       uuid not null references app_user,
  from_name     text not null,
  expected_id   uuid references app_user,
  expected_name text,
  to_id         uuid references app_user,
  to_name       text,
  words         text not null,
  reply         text not null default '',
  due_at        timestamptz not null,
  drawn_at      timestamptz not null,
  taken_at      timestamptz,
  completed_at  timestamptz,
  withdrawn_at  timestamptz,
  withdrawn_by  text,
  reason        text,
  scope         text[] not null,
  version       integer not null default 1,
  check (from_id <> to_id),                                                                          -- V2
  check ((to_id is null) = (taken_at is null)),
  check ((completed_at is not null) = (state = 'complete')),
  check ((withdrawn_at is not null) = (state = 'withdrawn'))
);
create unique index handover_one_open on handover (society_id) where state in ('drawn','taken');     -- V1
create index handover_by_society on handover (society_id, drawn_at desc);
create index handover_due on handover (due_at) where state in ('drawn','taken');

create table handover_item (
  id              uuid primary key,
  handover_id     uuid not null references handover,
  line            integer not null,
  key             text not null,
  kind            text not null,
  subject_id      uuid not null,
  incident_id     uuid,
  title           text not null,
  who             text,
  since           timestamptz,
  due_at          timestamptz,
  params          jsonb not null default '{}',
  -- Appeared after the list was drawn.
  late            boolean not null default false,
  acknowledged_at timestamptz,
  acknowledged_by text,
  -- Was no longer open when the desk was taken over, and nobody had acknowledged it.
  settled         boolean not null default false,
  note            text not null default '',
  version         integer not null default 1,
  check ((acknowledged_at is null) = (acknowledged_by is null)),
  unique (handover_id, key),
  unique (handover_id, line)
);
