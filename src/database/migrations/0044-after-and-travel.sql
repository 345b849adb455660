-- An estimate that a desk took over as needs: what was expected, by which factors. A fact, never changed.
create table need_estimate (
  id             uuid primary key,
  incident_id    uuid not null references incident,
  serial         integer not null,
  sheltered      integer not null check (sheltered >= 0),
  days           integer not null check (days > 0),
  for_day        date not null,
  household_size double precision,
  -- Items with low, middle and high, the rule of each and the factor that it was made with.
  items          jsonb not null,
  taken_by       text not null,
  taken_at       timestamptz not null,
  unique (incident_id, serial)
);

-- What a planning number is multiplied by, for one hazard, at a society and below: one row a version, never changed. 100 is the rule's own figure.
create table need_factor (
  id         uuid primary key,
  society_id uuid not null references society,
  kind       text not null,
  rule_code  text not null,
  version    integer not null check (version > 0),
  value_pct  integer not null check (value_pct between 20 and 500),
  -- Where it comes from: retuned from incidents that are named, or an earlier version restored.
  source     jsonb not null,
  reason     text not null default '',
  set_by     text not null,
  set_at     timestamptz not null,
  scope      text[] not null,
  unique (society_id, kind, rule_code, version)
);

create function fact_stays() returns trigger language plpgsql as $$
begin
  raise exception '% is a fact and stays as it was written', tg_table_name;
end $$;
create trigger need_estimate_stays before update or delete on need_estimate for each row execute function fact_stays();
create trigger need_factor_stays before update on need_factor for each row execute function fact_stays();

-- A way over water that belongs to a society: a ferry with its waits, or a bridge. An end lies on an island by its name, or on the mainland (null).
create table crossing (
  id               uuid primary key,
  society_id       uuid not null references society,
  kind             text not null check (kind in ('ferry','bridge')),
  name             text not null,
  from_name        text not null,
  from_lon         double precision not null,
  from_lat         double precision not null,
  from_island      text,
  to_name          text not null,
  to_lon           double precision not null,
  to_lat           double precision not null,
  to_island        text,
  crossing_min     integer not null check (crossing_min between 1 and 1440),
  -- Minutes between two departures; null for a bridge.
  headway_min      integer check (headway_min between 1 and 1440),
  -- First and last departure, minutes of the day in China; null: around the clock.
  first_min        integer check (first_min between 0 and 1439),
  last_min         integer check (last_min between 0 and 1439 and last_min >= first_min),
  carries_vehicles boolean not null,
  -- Gross tonnes of one vehicle; null: no limit known.
  max_vehicle_t    integer check (max_vehicle_t between 1 and 200),
  source           text not null,
  suspended_from   timestamptz,
  suspended_until  timestamptz check (suspended_until > suspended_from),
  suspended_reason text check ((suspended_reason is null) = (suspended_from is null)),
  retired_at       timestamptz,
  set_by           text not null,
  set_at           timestamptz not null,
  scope            text[] not null,
  version          integer not null default 1,
  check ((first_min is null) = (last_min is null)),
  check (kind = 'ferry' or (headway_min is null and first_min is null))
);
create index crossing_scope on crossing using gin (scope);

-- The ground of a society's area: what slows a lorry there, and the island that it lies on.
create table travel_area (
  society_id uuid primary key references society,
  terrain    text check (terrain in ('plain','hill','mountain')),
  island     text,
  source     text not null,
  set_by     text not null,
  set_at     timestamptz not null,
  scope      text[] not null,
  version    integer not null default 1
);

-- Weather on the roads of a society's area, as its desk says it; from and until are instants, until null: until it is lifted.
create table road_weather (
  id         uuid primary key,
  society_id uuid not null references society,
  kind       text not null check (kind in ('fair','heavy-rain','snow','typhoon')),
  from_at    timestamptz not null,
  until_at   timestamptz check (until_at > from_at),
  note       text not null,
  set_by     text not null,
  set_at     timestamptz not null,
  lifted_by  text,
  lifted_at  timestamptz check ((lifted_at is null) = (lifted_by is null)),
  scope      text[] not null,
  version    integer not null default 1
);
create index road_weather_in_force on road_weather (society_id) where lifted_at is null;

-- How the arrival of an order was reckoned; null where the keeper named the minutes.
alter table supply_order add column eta_way jsonb;
-- What the roads to each of a suggestion's sources are made of, by source; told beside its lines.
alter table suggestion add column ways jsonb not null default '{}';
