create table incident (
  id              uuid primary key,
  number          text not null unique,
  kind            text not null,
  severity        text not null check (severity in ('I','II','III','IV')),
  status          text not null,
  title           text not null,
  what_happened   text not null default '',
  lon             double precision not null,
  lat             double precision not null,
  raw_location    jsonb not null,
  location        geography(point) generated always as (st_setsrid(st_makepoint(lon, lat), 4326)::geography) stored,
  place_text      text not null,
  society_id      uuid not null references society,
  lead_society_id uuid not null references society,
  reporter        jsonb not null default '{}',
  people_affected integer,
  exercise        boolean not null default false,
  commander       text,
  figures         jsonb not null default '{}',
  figures_as_of   timestamptz,
  merged_into_id  uuid references incident,
  absorbed_ids    uuid[] not null default '{}',
  status_reason   text,
  occurred_at     timestamptz not null,
  reported_at     timestamptz not null,
  verified_at     timestamptz,
  responding_at   timestamptz,
  on_scene_at     timestamptz,
  stabilised_at   timestamptz,
  demobilising_at timestamptz,
  closed_at       timestamptz,
  status_since    timestamptz not null,
  shared_keys     text[] not null default '{}',
  scope           text[] not null,
  version         integer not null default 1
);
create index incident_by_time on incident (reported_at desc, id desc);
create index incident_open on incident (reported_at desc) where status not in ('closed','dismissed','merged');
create index incident_scope on incident using gin (scope);
create index incident_place on incident using gist (location);

create table incident_need (
  id          uuid primary key,
  incident_id uuid not null references incident,
  speciality  text,
  headcount   integer check (headcount > 0),
  item_id     uuid,
  units       bigint check (units > 0),
  priority    smallint not null check (priority between 1 and 3),
  needed_by   timestamptz,
  check ((speciality is null) = (headcount is null)),
  check ((item_id is null) = (units is null)),
  check ((speciality is null) <> (item_id is null)),
  unique nulls not distinct (incident_id, speciality, item_id)
);

create table situation_report (
  id                uuid primary key,
  incident_id       uuid not null references incident,
  serial            integer not null,
  stage             text not null check (stage in ('first','follow-up','verified')),
  as_of             timestamptz not null,
  figures           jsonb not null,
  effective_figures jsonb not null,   -- what the incident's figures were once this report was in
  note              text not null default '',
  correction_reason text,
  reported_by       text not null,
  received_at       timestamptz not null,
  unique (incident_id, serial)
);

create table team (
  id                   uuid primary key,
  code                 text not null unique,
  name                 text not null,
  name_en              text not null,
  speciality           text not null,
  society_id           uuid not null references society,
  grade                text not null,
  departure_target_min integer not null,
  lon                  double precision not null,
  lat                  double precision not null,
  scope                text[] not null,
  version              integer not null default 1
);
create index team_scope on team using gin (scope);

create table team_unit (
  id            uuid primary key,
  team_id       uuid not null references team,
  code          text not null unique,
  name          text not null,
  capabilities  text[] not null,
  headcount     integer not null check (headcount > 0),
  stand_by      boolean not null default true,
  base_lon      double precision not null,
  base_lat      double precision not null,
  lon           double precision not null,
  lat           double precision not null,
  location      geography(point) generated always as (st_setsrid(st_makepoint(lon, lat), 4326)::geography) stored,
  position_at   timestamptz,
  state_since   timestamptz not null,
  -- D1: what the unit is booked for, claimed by a guarded update; assignment_one_active_per_unit refuses what that forgot.
  assignment_id uuid,
  booking       jsonb,
  scope         text[] not null,
  version       integer not null default 1,
  check ((assignment_id is null) = (booking is null))
);
create index team_unit_by_team on team_unit (team_id);
create index team_unit_place on team_unit using gist (location);
create index team_unit_scope on team_unit using gin (scope);

create table team_member (
  id            uuid primary key,
  team_id       uuid not null references team,
  unit_id       uuid references team_unit,
  user_id       uuid references app_user,
  name          text not null,
  phone         text not null,
  position      text not null check (position in ('leader','deputy','member')),
  insured_until date,
  version       integer not null default 1
);
create index team_member_by_team on team_member (team_id);
create index team_member_by_unit on team_member (unit_id) where unit_id is not null;
create unique index team_member_one_leader on team_member (team_id) where position = 'leader';
create unique index team_member_one_deputy on team_member (team_id) where position = 'deputy';

create table credential (
  id          uuid primary key,
  member_id   uuid not null references team_member,
  kind        text not null,
  number      text not null,
  valid_until date not null
);
create index credential_by_member on credential (member_id);

create table team_equipment (
  id                uuid primary key,
  team_id           uuid not null references team,
  unit_id           uuid references team_unit,
  kind              text not null,
  name              text not null,
  quantity          integer not null check (quantity > 0),
  inspection_due_on date,
  status            text not null check (status in ('ready','in-repair')),
  version           integer not null default 1
);
create index team_equipment_by_team on team_equipment (team_id);
create index team_equipment_by_unit on team_equipment (unit_id) where unit_id is not null;

-- The day (Asia/Shanghai) as of which readiness is told: reasons such as an expired credential change with the day, so the day
-- moves on in a transaction that also tells the consoles which units it changed.
create table readiness_day (
  only_one boolean primary key default true check (only_one),
  day      date not null
);
