-- How much of an item a warehouse is meant to hold stands on its level; a change names the version of the policy, not of the level.
alter table stock_level
  add column policy_version integer not null default 1,
  add column policy_by text,
  add column policy_at timestamptz,
  add constraint stock_policy_in_order check (minimum_units <= target_units and target_units <= maximum_units);

-- Something about the stock that a person should look at. One open notice a cause; it closes itself when the cause is gone.
create table stock_notice (
  id              uuid primary key,
  kind            text not null check (kind in ('below-minimum','above-maximum','expired','expiring','cold')),
  warehouse_id    uuid not null references warehouse,
  item_id         uuid not null references item,
  lot_id          uuid references lot,
  figures         jsonb not null,
  since_at        timestamptz not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  note            text,
  closed_at       timestamptz,
  scope           text[] not null,
  version         integer not null default 1,
  check ((acknowledged_by is null) = (acknowledged_at is null))
);
create unique index stock_notice_one_open on stock_notice (kind, warehouse_id, item_id, lot_id) nulls not distinct where closed_at is null;
create index stock_notice_scope on stock_notice using gin (scope);

-- Units called off from the daily capacity of a contract: they come as an ordinary receipt at another warehouse.
create table stock_capacity_call (
  id              uuid primary key,
  warehouse_id    uuid not null references warehouse,
  to_warehouse_id uuid not null references warehouse,
  item_id         uuid not null references item,
  units           bigint not null check (units > 0),
  on_day          date not null,
  note            text not null default '',
  status          text not null check (status in ('called','received','cancelled')),
  receipt_id      uuid unique references goods_receipt,
  reason          text,
  called_by       text not null,
  called_at       timestamptz not null,
  settled_at      timestamptz,
  scope           text[] not null,
  version         integer not null default 1,
  check ((status = 'received') = (receipt_id is not null))
);
create index stock_capacity_call_by_day on stock_capacity_call (warehouse_id, on_day) where status <> 'cancelled';
create index stock_capacity_call_scope on stock_capacity_call using gin (scope);
