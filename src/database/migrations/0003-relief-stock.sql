create table warehouse (
  id                   uuid primary key,
  code                 text not null unique,
  name                 text not null,
  tier                 text not null,
  society_id           uuid not null references society,
  adcode               text not null,
  lon                  double precision not null,
  lat                  double precision not null,
  location             geography(point) generated always as (st_setsrid(st_makepoint(lon, lat), 4326)::geography) stored,
  area_m2              integer,
  mode                 text not null,
  daily_capacity_units integer,
  keeper_name          text,
  keeper_phone         text,
  scope                text[] not null,
  version              integer not null default 1
);
create index warehouse_scope on warehouse using gin (scope);

create table item (
  id               uuid primary key,
  code             text not null unique,
  name             text not null,
  name_en          text not null,
  gb_class         smallint not null,
  unit             text not null,
  weight_g         integer not null,
  volume_cm3       integer not null,
  shelf_months     integer,
  price_fen        bigint,
  season_months    integer[],
  minimum_use_days integer not null default 0,
  version          integer not null default 1
);

create table lot (
  id          uuid primary key,
  item_id     uuid not null references item,
  code        text not null,
  expires_on  date,
  received_on date not null,
  source      text not null,
  state       text not null default 'good',
  version     integer not null default 1,
  unique nulls not distinct (item_id, code, expires_on, source),
  unique (id, item_id)
);
create index lot_by_item on lot (item_id);

-- A place is where units can be: a bin of a warehouse, or one of the accounts outside that keep the ledger closed. Accounts outside are
-- one a warehouse and document (code: the document's id; name: what people call it), so that none of them is ever a hot row.
create table stock_place (
  id           uuid primary key,
  kind         text not null check (kind in ('bin','transit','supplier','donor','recipient','loss','disposal','count-difference','opening')),
  warehouse_id uuid not null references warehouse,
  code         text not null,
  name         text,
  unique (kind, warehouse_id, code),
  unique (id, kind, warehouse_id)
);
create index stock_place_bins on stock_place (warehouse_id, code) where kind = 'bin';

-- One lock row a warehouse and item: whoever changes its cells locks this first, so that the level told to the consoles is one story.
create table stock_level (
  id            uuid primary key,
  warehouse_id  uuid not null references warehouse,
  item_id       uuid not null references item,
  minimum_units bigint not null default 0 check (minimum_units >= 0),
  target_units  bigint not null default 0,
  maximum_units bigint not null default 0,
  version       integer not null default 1,
  unique (warehouse_id, item_id),
  unique (id, warehouse_id, item_id)
) with (fillfactor = 70);
create index stock_level_by_item on stock_level (item_id);

-- The running balance of one account. Its level, and the kind and warehouse of its place, are held true by the keys.
create table stock_cell (
  id               uuid primary key,
  level_id         uuid not null,
  item_id          uuid not null,
  lot_id           uuid not null,
  place_id         uuid not null,
  kind             text not null,
  warehouse_id     uuid not null,
  condition        text not null default 'good' check (condition in ('good','damaged')),
  owner_society_id uuid not null references society,
  fund             text,
  on_hand          bigint not null default 0,
  reserved         bigint not null default 0,
  constraint stock_on_hand_not_negative check (on_hand >= 0 or kind not in ('bin','transit')),       -- S1
  constraint stock_reserved_within_on_hand check (reserved >= 0 and (reserved = 0 or reserved <= on_hand)), -- S2
  unique nulls not distinct (lot_id, place_id, condition, owner_society_id, fund),
  unique (id, lot_id, warehouse_id),
  foreign key (level_id, warehouse_id, item_id) references stock_level (id, warehouse_id, item_id),
  foreign key (lot_id, item_id) references lot (id, item_id),
  foreign key (place_id, kind, warehouse_id) references stock_place (id, kind, warehouse_id)
) with (fillfactor = 70);
create index stock_cell_in_bins on stock_cell (level_id) where kind = 'bin';

-- S3: both ends of a movement are accounts of its own lot in its own warehouse; the keys refuse anything else. So every warehouse's book
-- balances by itself.
create table stock_movement (
  id           uuid primary key,
  cause_id     uuid not null,
  line         integer not null,
  item_id      uuid not null,
  lot_id       uuid not null,
  warehouse_id uuid not null,
  from_cell_id uuid not null,
  to_cell_id   uuid not null,
  units        bigint not null check (units > 0),
  reason       text not null,
  document     text not null,
  actor_id     uuid,
  occurred_at  timestamptz not null,
  recorded_at  timestamptz not null,
  received_at  timestamptz not null,
  reverses_id  uuid unique references stock_movement,
  check (from_cell_id <> to_cell_id),
  foreign key (from_cell_id, lot_id, warehouse_id) references stock_cell (id, lot_id, warehouse_id),
  foreign key (to_cell_id, lot_id, warehouse_id) references stock_cell (id, lot_id, warehouse_id),
  constraint one_cause_one_effect unique (cause_id, line)                                        -- S5
);
create index stock_movement_from on stock_movement (from_cell_id, occurred_at, recorded_at) include (units);
create index stock_movement_to on stock_movement (to_cell_id, occurred_at, recorded_at) include (units);
create index stock_movement_by_time on stock_movement (received_at, id);
create index stock_movement_by_warehouse on stock_movement (warehouse_id, received_at, id);
create index stock_movement_by_item on stock_movement (item_id, received_at, id);

create function stock_movement_is_final() returns trigger language plpgsql as $$
begin raise exception 'stock movements are final; correct one with a reversal'; end $$;
create trigger stock_movement_final before update or delete on stock_movement for each row execute function stock_movement_is_final();
create trigger stock_movement_no_truncate before truncate on stock_movement execute function stock_movement_is_final();

create table reservation (
  id            uuid primary key,
  cell_id       uuid not null references stock_cell,
  order_line_id uuid not null,
  units         bigint not null check (units > 0),
  until_at      timestamptz,
  state         text not null default 'pending' check (state in ('pending','posted','released','expired')),
  posted_units  bigint not null default 0 check (posted_units between 0 and units),
  resolved_at   timestamptz,
  check ((state = 'pending') = (resolved_at is null))                                           -- S4
);
create index reservation_open on reservation (cell_id) where state = 'pending';
create index reservation_due on reservation (until_at) where state = 'pending';
create index reservation_by_line on reservation (order_line_id);

-- S4: what is resolved stays resolved.
create function reservation_ends_once() returns trigger language plpgsql as $$
begin
  if old.state <> 'pending' then raise exception 'a reservation ends once'; end if;
  return new;
end $$;
create trigger reservation_ends_once before update on reservation for each row execute function reservation_ends_once();

create table goods_receipt (
  id           uuid primary key,
  number       text not null unique,
  warehouse_id uuid not null references warehouse,
  source       text not null,
  source_name  text not null,
  note         text not null default '',
  lines        jsonb not null,
  received_by  text not null,
  occurred_at  timestamptz not null,
  received_at  timestamptz not null,
  version      integer not null default 1
);
create index goods_receipt_by_time on goods_receipt (received_at, id);

alter table incident_need add constraint incident_need_item foreign key (item_id) references item;
