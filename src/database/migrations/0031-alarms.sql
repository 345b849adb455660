-- What rang at a duty desk: raised by consoles out of committed facts, answered by people, and kept for the report of alarm health.
create table alarm (
  id              uuid primary key,
  society_id      uuid not null references society,
  source          text not null,
  since           timestamptz not null,
  code            text not null,
  severity        text not null check (severity in ('I','II','III','IV')),
  incident_id     uuid references incident,
  exercise        boolean not null,
  raised_at       timestamptz not null,
  raises          integer not null default 1 check (raises > 0),
  raised_again_at timestamptz,
  -- When a console last showed it, and when one of the desk itself did.
  seen_at         timestamptz not null,
  desk_seen_at    timestamptz,
  cleared_at      timestamptz,
  -- No console shows it any more, and nobody knows whether its cause is gone.
  lost            boolean not null default false,
  -- The first answer of a person, for the time that it took.
  answered_at     timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  snoozed_at      timestamptz,
  snoozed_until   timestamptz,
  snoozed_by      text,
  snooze_reason   text,
  level           integer not null default 0 check (level >= 0),
  -- When it is looked at whether it has to go on to the desk above; null when there is none, or when somebody answered.
  hop_at          timestamptz,
  scope           text[] not null,
  version         integer not null default 1,
  check ((acknowledged_at is null) = (acknowledged_by is null)),
  check ((snoozed_at is null) = (snoozed_until is null) and (snoozed_at is null) = (snoozed_by is null) and (snoozed_at is null) = (snooze_reason is null)),
  check (acknowledged_at is null or snoozed_at is null),                                             -- L2
  check (not lost or cleared_at is not null)
);
create unique index alarm_one_open on alarm (society_id, source) where cleared_at is null;            -- L1
create index alarm_by_source on alarm (society_id, source, raised_at desc);
create index alarm_by_society on alarm (society_id, raised_at);
create index alarm_scope on alarm using gin (scope) where cleared_at is null;
create index alarm_hop on alarm (hop_at) where cleared_at is null and hop_at is not null;
create index alarm_snoozed on alarm (snoozed_until) where cleared_at is null and snoozed_until is not null;
create index alarm_seen on alarm (seen_at) where cleared_at is null;

-- Each time that its cause came or went.
create table alarm_change (
  alarm_id uuid not null references alarm,
  at       timestamptz not null,
  kind     text not null check (kind in ('raised','cleared'))
);
create index alarm_change_by_alarm on alarm_change (alarm_id, at);
