-- Who is out, by name. One roll an assignment; it is made when the team says yes, and stays open until everybody is accounted for.
create table assignment_roll (
  assignment_id     uuid primary key references assignment,
  incident_id       uuid not null references incident,
  team_id           uuid not null references team,
  unit_code         text not null,
  team_name         text not null,
  -- The last number told by the unit, and how many of those have no name on the roll and are not known to be back.
  heads_told        integer,
  unnamed           integer not null default 0 check (unnamed >= 0),
  checked_at        timestamptz,
  checked_stage     text check (checked_stage in ('assembling','on-scene','release','home')),
  unaccounted       integer not null default 0 check (unaccounted >= 0),
  open              boolean not null,
  -- The clock of the unit at the scene (PAR); no state while it does not run.
  par_state         text check (par_state in ('due-later','asked','ok','short','missed','excused')),
  par_cycle         integer not null default 0,
  par_interval_s    integer not null check (par_interval_s > 0),
  par_next_at       timestamptz,
  par_asked         integer not null default 0,
  par_asked_at      timestamptz,
  par_missed_at     timestamptz,
  par_escalated_at  timestamptz,
  par_accounted_at  timestamptz,
  par_answers       jsonb not null default '[]',
  par_hold_reason   text,
  par_asked_name    text,
  ask_alert_id      uuid references alert,
  call_alert_id     uuid references alert,
  scope             text[] not null,
  version           integer not null default 1,
  constraint par_never_silent check ((par_next_at is null) = (par_state is null or par_state = 'missed')) -- P1
);
create index assignment_roll_by_incident on assignment_roll (incident_id);
create index assignment_roll_by_team on assignment_roll (team_id);
create index assignment_roll_due on assignment_roll (par_next_at) where par_next_at is not null;
create index assignment_roll_scope on assignment_roll using gin (scope) where open;

create table roll_person (
  id            uuid primary key,
  assignment_id uuid not null references assignment_roll,
  member_id     uuid references team_member,
  name          text not null,
  phone         text,
  position      text not null check (position in ('leader','deputy','member','guest')),
  state         text not null check (state in ('named','staying','out','on-scene','returning','missing','left','back','settled')),
  since         timestamptz not null,
  -- When somebody last said something of this person by name; steps of the unit never undo what was said after them.
  named_at      timestamptz,
  outcome       text,
  words         text,
  by_name       text not null,
  check ((outcome is not null) = (state in ('left','settled'))),
  unique (assignment_id, member_id)
);
create index roll_person_by_assignment on roll_person (assignment_id);

-- What was said about the people of a roll, and what its clock did: rows are never changed.
create table roll_fact (
  id            uuid primary key,
  assignment_id uuid not null references assignment_roll,
  kind          text not null,
  stage         text,
  cycle         integer,
  entries       jsonb not null default '[]',
  heads         integer,
  late          boolean not null default false,
  by_name       text not null,
  by_user_id    uuid,
  on_behalf_of  text,
  channel       text,
  words         text,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null,
  received_at   timestamptz not null
);
create index roll_fact_by_assignment on roll_fact (assignment_id, received_at desc, id desc);

create table par_setting (
  incident_id uuid primary key references incident,
  interval_s  integer not null check (interval_s between 60 and 86400),
  reason      text not null,
  set_by      text not null,
  set_at      timestamptz not null,
  version     integer not null default 1
);
