-- A call for help by somebody of a unit that is out. It stands until a person has taken it up and a person has ended it, whatever becomes of
-- the assignment meanwhile.
create table help_call (
  -- Made by the phone: the same press twice is one call.
  id             uuid primary key,
  incident_id    uuid not null references incident,
  assignment_id  uuid not null references assignment,
  team_id        uuid not null references team,
  unit_code      text not null,
  team_name      text not null,
  by_name        text not null,
  by_role        text not null check (by_role in ('leader','deputy','member')),
  by_user_id     uuid,
  by_member_id   uuid,
  phone          text,
  channel        text not null check (channel in ('link','in-app')),
  exercise       boolean not null,
  state          text not null check (state in ('raised','taken-up','ended')),
  -- How often the button was held while nobody had taken it up.
  presses        integer not null default 1 check (presses > 0),
  occurred_at    timestamptz not null,
  recorded_at    timestamptz not null,
  received_at    timestamptz not null,
  taken_up_at    timestamptz,
  taken_up_by    text,
  taken_up_by_id uuid,
  ended_at       timestamptz,
  ended_by       text,
  ended_by_id    uuid,
  outcome        text check (outcome in ('safe','mistake','handed-over')),
  reason         text,
  -- The call of the duty desks by all channels, for as long as nobody has taken it up.
  call_alert_id  uuid references alert,
  desk_ids       uuid[] not null check (cardinality(desk_ids) > 0),
  scope          text[] not null,
  version        integer not null default 1,
  check ((taken_up_at is null) = (state = 'raised')),                                                   -- H3
  check ((taken_up_at is null) = (taken_up_by is null)),
  check ((ended_at is null) = (state <> 'ended') and (ended_at is null) = (ended_by is null)),         -- H3
  check ((ended_at is null) = (outcome is null) and (ended_at is null) = (reason is null))
);
create index help_call_open_by_incident on help_call (incident_id) where state <> 'ended';
create index help_call_by_incident on help_call (incident_id);
create index help_call_by_assignment on help_call (assignment_id);
create index help_call_scope on help_call using gin (scope);

-- What the phone of who calls has said: the press itself, every further press, words and positions. Rows are never changed.
create table help_call_word (
  id           uuid primary key,
  help_call_id uuid not null references help_call,
  kind         text not null check (kind in ('press','added')),
  words        text not null,
  lon          double precision,
  lat          double precision,
  accuracy_m   integer,
  occurred_at  timestamptz not null,
  recorded_at  timestamptz not null,
  received_at  timestamptz not null,
  -- In which order they came, also within one millisecond.
  nth          bigint generated always as identity,
  check ((lon is null) = (lat is null))
);
create index help_call_word_by_call on help_call_word (help_call_id, nth);
