-- Goods between two warehouses: one paper, seen by both. Sums are of its lines, so that a list needs no line.
create table stock_transfer (
  id                  uuid primary key,
  number              text not null unique,
  status              text not null check (status in ('draft','ordered','picking','loaded','departed','arrived','received',
                        'received-with-differences','closed','cancelled','returned','lost')),
  status_since        timestamptz not null,
  from_warehouse_id   uuid not null references warehouse,
  to_warehouse_id     uuid not null references warehouse check (to_warehouse_id <> from_warehouse_id),
  keeps_owner         boolean not null,
  note                text not null default '',
  planned_arrival_at  timestamptz not null,
  vehicle             text,
  driver_name         text,
  driver_phone        text,
  capacity_weight_g   bigint,
  capacity_volume_cm3 bigint,
  lines               integer not null check (lines > 0),
  units               bigint not null,
  weight_g            bigint not null,
  volume_cm3          bigint not null,
  accepted_units      bigint not null default 0,
  damaged_units       bigint not null default 0,
  missing_units       bigint not null default 0,
  reason              text,
  drafted_by          text not null,
  drafted_at          timestamptz not null,
  ordered_at          timestamptz,
  picking_at          timestamptz,
  loaded_at           timestamptz,
  departed_at         timestamptz,
  arrived_at          timestamptz,
  received_at         timestamptz,
  closed_at           timestamptz,
  cancelled_at        timestamptz,
  returned_at         timestamptz,
  lost_at             timestamptz,
  scope               text[] not null,
  version             integer not null default 1
);
create index stock_transfer_from on stock_transfer (from_warehouse_id, id);
create index stock_transfer_to on stock_transfer (to_warehouse_id, id);
create index stock_transfer_scope on stock_transfer using gin (scope);

create table stock_transfer_line (
  id          uuid primary key,
  transfer_id uuid not null references stock_transfer,
  line        integer not null,
  item_id     uuid not null references item,
  units       bigint not null check (units > 0),
  unique (transfer_id, line)
);

-- How the receiver found each lot of a line: a fact, written once. The three are all that was sent of it.
create table stock_transfer_count (
  reservation_id uuid primary key references reservation,
  transfer_id    uuid not null references stock_transfer,
  accepted_units bigint not null check (accepted_units >= 0),
  damaged_units  bigint not null check (damaged_units >= 0),
  missing_units  bigint not null check (missing_units >= 0),
  bin_code       text,
  damaged_to     text check (damaged_to in ('bin','disposal')),
  reason         text
);
create index stock_transfer_count_by_transfer on stock_transfer_count (transfer_id);

-- What of a transfer was missing on arrival, until somebody explains it or two people write it off.
create table stock_inquiry (
  id                uuid primary key,
  number            text not null unique,
  transfer_id       uuid not null unique references stock_transfer,
  from_warehouse_id uuid not null references warehouse,
  to_warehouse_id   uuid not null references warehouse,
  status            text not null check (status in ('open','write-off-proposed','explained','written-off')),
  status_since      timestamptz not null,
  missing_units     bigint not null check (missing_units > 0),
  found_units       bigint not null default 0,
  lost_units        bigint not null default 0,
  opened_by         text not null,
  opened_at         timestamptz not null,
  reason            text,
  proposed_by_id    uuid,
  proposed_by       text,
  proposed_at       timestamptz,
  approved_by       text,
  ended_at          timestamptz,
  scope             text[] not null,
  version           integer not null default 1,
  check (found_units >= 0 and lost_units >= 0 and found_units + lost_units <= missing_units),
  check ((status in ('explained','written-off')) = (found_units + lost_units = missing_units))
);
create index stock_inquiry_scope on stock_inquiry using gin (scope);

create table stock_inquiry_line (
  id               uuid primary key,
  inquiry_id       uuid not null references stock_inquiry,
  line             integer not null,
  item_id          uuid not null references item,
  lot_id           uuid not null references lot,
  condition        text not null,
  owner_society_id uuid not null references society,
  fund             text,
  missing_units    bigint not null check (missing_units > 0),
  found_units      bigint not null default 0,
  lost_units       bigint not null default 0,
  unique (inquiry_id, line),
  check (found_units >= 0 and lost_units >= 0 and found_units + lost_units <= missing_units)
);

-- Goods that leave under a release order, outside incidents.
create table stock_issue (
  id              uuid primary key,
  number          text not null unique,
  issue_number    text unique,
  status          text not null check (status in ('ordered','approved','picking','issued','signed','signed-with-differences','closed','cancelled')),
  status_since    timestamptz not null,
  warehouse_id    uuid not null references warehouse,
  purpose         text not null,
  recipient       text not null,
  place           text,
  note            text not null default '',
  planned_at      timestamptz not null,
  lines           integer not null check (lines > 0),
  units           bigint not null,
  value_fen       bigint not null,
  unpriced_lines  integer not null,
  ordered_by_id   uuid not null,
  ordered_by      text not null,
  approval        text not null check (approval in ('not-needed','needed','deferred','given')),
  approval_due_at timestamptz check ((approval = 'deferred') = (approval_due_at is not null)),
  defer_reason    text,
  approved_by     text,
  vehicle         text,
  carrier_name    text,
  carrier_phone   text,
  receiver_name   text,
  received_units  bigint not null default 0,
  damaged_units   bigint not null default 0,
  missing_units   bigint not null default 0,
  reason          text,
  ordered_at      timestamptz not null,
  approved_at     timestamptz,
  picking_at      timestamptz,
  issued_at       timestamptz,
  signed_at       timestamptz,
  closed_at       timestamptz,
  cancelled_at    timestamptz,
  scope           text[] not null,
  version         integer not null default 1
);
create index stock_issue_by_warehouse on stock_issue (warehouse_id, id);
create index stock_issue_scope on stock_issue using gin (scope);

create table stock_issue_line (
  id             uuid primary key,
  issue_id       uuid not null references stock_issue,
  line           integer not null,
  item_id        uuid not null references item,
  units          bigint not null check (units > 0),
  received_units bigint not null default 0,
  damaged_units  bigint not null default 0,
  missing_units  bigint not null default 0,
  reason         text,
  unique (issue_id, line)
);

create table stock_bin_move (
  id           uuid primary key,
  number       text not null unique,
  warehouse_id uuid not null references warehouse,
  note         text not null default '',
  lines        jsonb not null,
  moved_by     text not null,
  occurred_at  timestamptz not null,
  received_at  timestamptz not null,
  version      integer not null default 1
);
create index stock_bin_move_by_warehouse on stock_bin_move (warehouse_id, received_at, id);
