-- Incidents that stock is placed for: a society's own, made or taken over. People by county, by society.
create table structure_scenario (
  id          uuid primary key,
  society_id  uuid not null references society,
  name        text not null,
  kind        text not null,
  month       smallint not null check (month between 1 and 12),
  per_year    double precision not null check (per_year > 0 and per_year <= 50),
  source      text not null,
  counties    jsonb not null,
  -- Only water is asked for: a drought leaves homes and beds alone.
  water_only  boolean not null default false,
  switched_on boolean not null default true,
  changed_by  text not null,
  changed_at  timestamptz not null,
  scope       text[] not null,
  version     integer not null default 1
);
create index structure_scenario_by_society on structure_scenario (society_id);

-- One question where a society's stock should lie, and its answer. What was taken up stays with it.
create table structure_advice (
  id           uuid primary key,
  society_id   uuid not null references society,
  status       text not null check (status in ('queued','solving','ready','failed')),
  status_since timestamptz not null,
  ask          jsonb not null,
  requested_by text not null,
  requested_at timestamptz not null,
  attempts     integer not null default 0,
  solved_at    timestamptz,
  failure      text,
  result       jsonb,
  taken        jsonb not null default '[]',
  scope        text[] not null,
  version      integer not null default 1,
  check ((status = 'ready') = (result is not null)),
  check ((status = 'failed') = (failure is not null))
);
create index structure_advice_by_society on structure_advice (society_id, requested_at desc, id desc);
-- One question of a society at a time.
create unique index structure_advice_one_at_work on structure_advice (society_id) where status in ('queued','solving');

-- What a partner society would send, as it told the desk. It counts until its time has passed or it is withdrawn.
create table partner_offer (
  id           uuid primary key,
  society_id   uuid not null references society,
  partner_id   uuid not null references society,
  item_id      uuid not null references item,
  units        integer not null check (units > 0),
  until_at     timestamptz not null,
  note         text not null,
  entered_by   text not null,
  entered_at   timestamptz not null,
  withdrawn_by text,
  withdrawn_at timestamptz,
  scope        text[] not null,
  version      integer not null default 1,
  check (partner_id <> society_id),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index partner_offer_open on partner_offer (society_id, until_at) where withdrawn_at is null;
