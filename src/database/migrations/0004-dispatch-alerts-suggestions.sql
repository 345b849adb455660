create table mission (
  id            uuid primary key,
  number        text not null unique,
  incident_id   uuid not null references incident,
  suggestion_id uuid,
  message       text not null default '',
  dispatched_by text not null,
  dispatched_at timestamptz not null,
  scope         text[] not null,
  version       integer not null default 1
);
create index mission_by_incident on mission (incident_id);

create table assignment (
  id                 uuid primary key,
  mission_id         uuid not null references mission,
  incident_id        uuid not null references incident,
  team_id            uuid not null references team,
  unit_id            uuid not null references team_unit,
  unit_code          text not null,
  team_name          text not null,
  status             text not null,
  status_since       timestamptz not null,
  headcount          integer not null,
  promised_headcount integer,
  actual_headcount   integer,
  capabilities       text[] not null,
  task               text not null default '',
  reason             text,
  eta_at             timestamptz,
  reserved_at        timestamptz not null,
  alerted_at         timestamptz,
  answered_at        timestamptz,
  assembled_at       timestamptz,
  departed_at        timestamptz,
  arrived_at         timestamptz,
  released_at        timestamptz,
  returning_at       timestamptz,
  closed_at          timestamptz,
  withdrawn_at       timestamptz,
  order_doubtful     boolean not null default false,
  active             boolean generated always as (status not in ('declined','no-answer','closed','withdrawn')) stored,
  scope              text[] not null,
  version            integer not null default 1
);
create unique index assignment_one_active_per_unit on assignment (unit_id) where status not in ('declined','no-answer','closed','withdrawn'); -- D1
create index assignment_by_incident on assignment (incident_id);
create index assignment_by_mission on assignment (mission_id);
create index assignment_scope on assignment using gin (scope);

create table supply_order (
  id            uuid primary key,
  number        text not null unique,
  mission_id    uuid not null references mission,
  incident_id   uuid not null references incident,
  warehouse_id  uuid not null references warehouse,
  status        text not null,
  status_since  timestamptz not null,
  reserved_until timestamptz,
  approved_by   text,
  approved_by_id uuid,
  vehicle       text,
  driver_name   text,
  driver_phone  text,
  eta_at        timestamptz,
  receiver_name text,
  reason        text,
  reserved_at   timestamptz not null,
  approved_at   timestamptz,
  picking_at    timestamptz,
  shipped_at    timestamptz,
  received_at   timestamptz,
  closed_at     timestamptz,
  cancelled_at  timestamptz,
  scope         text[] not null,
  version       integer not null default 1
);
create index supply_order_by_incident on supply_order (incident_id);
create index supply_order_by_mission on supply_order (mission_id);
create index supply_order_scope on supply_order using gin (scope);

create table supply_order_line (
  id             uuid primary key,
  order_id       uuid not null references supply_order,
  line           integer not null,
  item_id        uuid not null references item,
  units          bigint not null check (units > 0),
  shipped_units  bigint not null default 0,
  received_units bigint not null default 0,
  damaged_units  bigint not null default 0,
  missing_units  bigint not null default 0,
  unique (order_id, line),
  unique (order_id, item_id)
);

-- An alert is one escalation run: the steps are a snapshot taken when it was raised.
create table alert (
  id            uuid primary key,
  kind          text not null,
  incident_id   uuid not null references incident,
  mission_id    uuid references mission,
  assignment_id uuid references assignment,
  team_id       uuid references team,
  unit_code     text not null default '',
  team_name     text not null default '',
  message       text not null default '',
  severity      text not null,
  place_text    text not null,
  lon           double precision not null,
  lat           double precision not null,
  incident_title text not null,
  exercise      boolean not null,
  duty_phone    text,
  channels      text[] not null,
  steps         jsonb not null,
  step          integer not null,
  raised_at     timestamptz not null,
  next_due_at   timestamptz,
  done_reason   text,
  done_at       timestamptz,
  scope         text[] not null,
  version       integer not null default 1,
  constraint running_or_done check ((next_due_at is null) = (done_reason is not null)),           -- D2
  check ((done_reason is null) = (done_at is null))
);
create index alert_due on alert (next_due_at) where next_due_at is not null;
create index alert_by_incident on alert (incident_id);
create index alert_by_assignment on alert (assignment_id);
create unique index alert_one_run_per_assignment on alert (assignment_id) where kind = 'deploy' and done_reason is null; -- D2
create index alert_scope on alert using gin (scope);

create table alert_delivery (
  id          uuid primary key,
  alert_id    uuid not null references alert,
  step        integer not null,
  person_name text not null,
  person_role text not null,
  member_id   uuid,
  user_id     uuid,
  phone       text,
  channel     text not null,
  attempt     integer not null default 1,
  stage       text not null default 'planned',
  stage_at    timestamptz not null,
  -- When to hand it over; once handed, when to try again if no result was noted. Null when nothing is left to do.
  due_at      timestamptz,
  failure     text,
  token_hash  bytea unique,
  token_used_at timestamptz,
  check (stage <> 'planned' or due_at is not null),
  check (stage in ('planned','handed') or due_at is null),
  unique nulls not distinct (alert_id, step, member_id, user_id, channel, attempt)
);
create index alert_delivery_due on alert_delivery (due_at) where due_at is not null;
create index alert_delivery_by_user on alert_delivery (user_id);

create table alert_answer (
  id           uuid primary key,
  alert_id     uuid not null references alert,
  answer       text not null,
  minutes      integer,
  headcount    integer,
  reason       text,
  by_name      text not null,
  by_user_id   uuid,
  on_behalf_of text,
  channel      text not null,
  occurred_at  timestamptz not null,
  recorded_at  timestamptz not null,
  received_at  timestamptz not null
);
create index alert_answer_by_alert on alert_answer (alert_id);

create table suggestion (
  id               uuid primary key,
  incident_id      uuid not null references incident,
  society_id       uuid not null references society,
  status           text not null check (status in ('queued','solving','proposed','accepted','rejected','superseded','failed')),
  status_since     timestamptz not null,
  trigger          text not null,
  requested_by     text,
  incident_version integer not null,
  ask              jsonb not null,
  attempts         integer not null default 0,
  input_hash       text,
  input            jsonb,
  lines            jsonb not null default '[]',
  unmet            jsonb not null default '[]',
  excluded         jsonb not null default '[]',
  excluded_more    integer not null default 0,
  stages           jsonb not null default '[]',
  bound            double precision,
  gap              double precision,
  solver           text,
  plan_status      text check (plan_status in ('optimal','time-limit','greedy')),
  fallback         jsonb,
  failure          text check ((failure is null) = (status <> 'failed')),
  requested_at     timestamptz not null,
  solved_at        timestamptz,
  decided_at       timestamptz,
  decided_by       text,
  decision_reason  text,
  mission_id       uuid unique references mission,
  scope            text[] not null,
  version          integer not null default 1,
  check ((mission_id is null) = (status <> 'accepted'))                                            -- G2
);
create index suggestion_by_incident on suggestion (incident_id, requested_at desc);
create index suggestion_open on suggestion (status) where status in ('queued','solving','proposed');
create index suggestion_scope on suggestion using gin (scope);
create unique index suggestion_one_proposed on suggestion (incident_id, society_id) where status = 'proposed'; -- G1
