-- The limits of the desk's clocks that a society has set; without a row the society above counts, at last the usual limit.
create table clock_setting (
  id         uuid primary key,
  society_id uuid not null references society,
  key        text not null,
  -- Null: given up again. The row stays, so that its version goes on.
  value_s    integer check (value_s > 0),
  set_by     text not null,
  set_at     timestamptz not null,
  reason     text not null default '',
  scope      text[] not null,
  -- 0: opened under its lock and nothing said yet.
  version    integer not null default 0,
  unique (society_id, key)
);
create index clock_setting_scope on clock_setting using gin (scope);

-- A map layer that a society has brought in. Its shapes are GeoJSON in EPSG:4326 and never change: another file is another layer.
create table map_layer (
  id              uuid primary key,
  society_id      uuid not null references society,
  name            text not null,
  -- Who answers for the data, as the map's foot names it.
  provider        text not null,
  -- Null: for use inside the society only.
  approval_no     text,
  -- What the coordinates of the file were in; they were converted once, when it was brought in.
  datum           text not null check (datum in ('WGS84','CGCS2000','GCJ02','BD09')),
  valid_from      date not null,
  valid_until     date,
  shown           boolean not null default true,
  shapes          text not null,
  extent          double precision[] not null check (cardinality(extent) = 4),
  features        integer not null check (features > 0),
  source_vertices integer not null,
  vertices        integer not null check (vertices > 0 and vertices <= source_vertices),
  tolerance_m     integer not null check (tolerance_m >= 0),
  file_name       text not null,
  file_hash       bytea not null,
  added_by        text not null,
  added_at        timestamptz not null,
  removed_by      text,
  removed_at      timestamptz,
  reason          text,
  scope           text[] not null,
  version         integer not null default 1,
  check (valid_until is null or valid_until >= valid_from),
  check ((removed_at is null) = (removed_by is null))
);
create index map_layer_scope on map_layer using gin (scope) where removed_at is null;
