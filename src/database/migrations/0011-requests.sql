-- A request for goods: who needs what, where and until when. It climbs from desk to desk; its quantities are never stored, they are read
-- from the reservations and movements of what was promised to it.
create table stock_request (
  id           uuid primary key,
  number       text not null unique,
  origin       text not null check (origin in ('below','above')),
  society_id   uuid not null references society,
  warehouse_id uuid references warehouse,
  incident_id  uuid references incident,
  needed_by    timestamptz not null,
  place        text not null,
  note         text not null default '',
  status       text not null check (status in ('open','answered','closed','withdrawn')),
  reason       text,
  requested_by text not null,
  occurred_at  timestamptz not null,
  recorded_at  timestamptz not null,
  received_at  timestamptz not null,
  scope        text[] not null,
  version      integer not null default 1
);
create index stock_request_scope on stock_request using gin (scope);
create index stock_request_by_society on stock_request (society_id, received_at, id);

create table stock_request_line (
  id         uuid primary key,
  request_id uuid not null references stock_request,
  line       integer not null,
  item_id    uuid not null references item,
  units      bigint not null check (units > 0),
  state      text not null default 'open' check (state in ('open','part-filled','filled','passed-up','withdrawn','closed')),
  unique (request_id, line)
);

-- Whose desk the rest has come to, in the order in which it came: the history that travels with the request.
create table stock_request_desk (
  request_id      uuid not null references stock_request,
  serial          integer not null,
  society_id      uuid not null references society,
  how             text not null check (how in ('addressed','passed-up','sideways','above')),
  from_society_id uuid references society,
  by_name         text not null,
  reason          text,
  since_at        timestamptz not null,
  outcome         text check (outcome in ('passed-up','declined')),
  done_by         text,
  done_reason     text,
  done_at         timestamptz,
  primary key (request_id, serial),
  unique (request_id, society_id),
  check ((outcome is null) = (done_at is null))
);
create index stock_request_desk_open on stock_request_desk (society_id) where outcome is null;

-- A promise to give to a line, out of a warehouse of the society that answers. Its id is the order line of its reservations.
create table stock_commitment (
  id              uuid primary key,
  answer_id       uuid not null,
  request_id      uuid not null references stock_request,
  request_line_id uuid not null references stock_request_line,
  society_id      uuid not null references society,
  warehouse_id    uuid not null references warehouse,
  units           bigint not null check (units > 0),
  by_name         text not null,
  committed_at    timestamptz not null
);
create index stock_commitment_by_line on stock_commitment (request_line_id);
create index stock_commitment_by_request on stock_commitment (request_id);

-- The line of a transfer that took a promise up. A consignment carries an item for one line of a request only, so that what is in its
-- transit account and what came out of it belongs to that line.
create table stock_request_consignment (
  order_line_id   uuid primary key,
  consignment_id  uuid not null,
  request_line_id uuid not null references stock_request_line,
  item_id         uuid not null references item,
  warehouse_id    uuid not null references warehouse,
  unique (consignment_id, item_id)
);
create index stock_request_consignment_by_line on stock_request_consignment (request_line_id);

-- Goods of an order that a graver incident took over while they were still reserved: a fact of the line that lost them.
create table supply_take_over (
  id           uuid primary key,
  line_id      uuid not null references supply_order_line,
  by_order_id  uuid not null references supply_order,
  units        bigint not null check (units > 0),
  reason       text not null,
  by_name      text not null,
  taken_at     timestamptz not null
);
create index supply_take_over_by_line on supply_take_over (line_id);

-- The order that carries what an earlier one left behind, still reserved, when it went out in part.
alter table supply_order add column follows_id uuid references supply_order;
