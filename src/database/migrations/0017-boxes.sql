-- Boxes and pallets with a number of their own (SSCC). What a box holds is an annotation of cells: units of them that lie in this box. It is
-- never a balance: the ledger says how much there is, and units in boxes on the shelf never exceed it (B1, checked by the auditor).
create table stock_box (
  id           uuid primary key,
  sscc         text not null unique check (sscc ~ '^[0-9]{18}$'),
  kind         text not null check (kind in ('box','pallet')),
  status       text not null check (status in ('packed','left','broken')),
  warehouse_id uuid not null references warehouse,
  bin_id       uuid not null references stock_place,
  parent_id    uuid references stock_box,
  note         text not null,
  packed_by    text not null,
  packed_at    timestamptz not null,
  left_with    text,
  ended_by     text,
  ended_at     timestamptz,
  version      integer not null default 1,
  check (parent_id is null or (status <> 'broken' and kind = 'box')),
  check ((status = 'packed') = (ended_at is null))
);
create index stock_box_by_place on stock_box (warehouse_id, bin_id) where status = 'packed';
create index stock_box_by_parent on stock_box (parent_id) where parent_id is not null;

-- on_shelf: the box lies where the cell is and the units are part of its balance; otherwise what the box held when it left or was opened.
create table stock_box_content (
  box_id   uuid not null references stock_box,
  cell_id  uuid not null references stock_cell,
  units    bigint not null check (units > 0),
  on_shelf boolean not null,
  primary key (box_id, cell_id)
);
create index stock_box_content_on_shelf on stock_box_content (cell_id) include (units) where on_shelf;

-- Codes for exchange, both known only where somebody has looked them up: the national class of emergency supplies (GB/T 38565-2020, seven
-- digits, the first 1 to 3) and the code of the IFRC/ICRC emergency items catalogue.
alter table item
  add column gb_code text check (gb_code ~ '^[1-3][0-9]{6}$'),
  add column eic_code text check (eic_code ~ '^[A-Z0-9][A-Z0-9-]{3,19}$'),
  add constraint item_gb_code_of_class check (gb_code is null or left(gb_code, 1) = gb_class::text);
create index item_by_gb_code on item (gb_code) where gb_code is not null;
create index item_by_eic_code on item (eic_code) where eic_code is not null;
