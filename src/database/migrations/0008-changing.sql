-- Why stock changes without a lorry. Reasons are data: each belongs to one kind of paper and says which way units may go and to which
-- account. adjustment, loss, disposal and use are accounts outside; damage, good and quarantine stay in the bin in that condition.
create table stock_reason (
  code      text primary key,
  kind      text not null check (kind in ('adjustment','damage','disposal','rotation')),
  direction text not null check (direction in ('in','out','either')),
  account   text not null check (account in ('adjustment','loss','disposal','use','damage','good','quarantine')),
  name      text not null,
  name_en   text not null,
  position  smallint not null,
  check (direction = 'out' or account = 'adjustment')
);
insert into stock_reason (code, kind, direction, account, name, name_en, position) values
  ('found',            'adjustment', 'in',     'adjustment', '盘盈找回',     'found',                      1),
  ('lost',             'adjustment', 'out',    'loss',       '遗失',         'lost',                       2),
  ('theft',            'adjustment', 'out',    'loss',       '被盗',         'theft',                      3),
  ('wrong-item',       'adjustment', 'either', 'adjustment', '品种登记错误', 'recorded as the wrong item', 4),
  ('wrong-lot',        'adjustment', 'either', 'adjustment', '批次登记错误', 'recorded as the wrong lot',  5),
  ('sample',           'adjustment', 'out',    'adjustment', '抽样送检',     'sample taken',               6),
  ('training',         'adjustment', 'out',    'adjustment', '培训演练消耗', 'used in training',           7),
  ('set-aside',        'adjustment', 'out',    'quarantine', '待检隔离',     'set aside for inspection',   8),
  ('inspected-good',   'adjustment', 'out',    'good',       '检验合格转正', 'inspected, good',            9),
  ('damaged-in-store', 'damage',     'out',    'damage',     '库内破损',     'damaged in store',           1),
  ('water',            'damage',     'out',    'damage',     '受潮水浸',     'wet or flooded',             2),
  ('pests',            'damage',     'out',    'damage',     '虫蛀鼠咬',     'pests',                      3),
  ('rotten',           'damage',     'out',    'damage',     '霉变腐烂',     'rotten',                     4),
  ('inspected-bad',    'damage',     'out',    'damage',     '检验不合格',   'inspected, not fit',         5),
  ('expired',          'disposal',   'out',    'disposal',   '过期报废',     'expired',                    1),
  ('damaged',          'disposal',   'out',    'disposal',   '损坏报废',     'damaged beyond use',         2),
  ('recalled',         'disposal',   'out',    'disposal',   '召回销毁',     'recalled',                   3),
  ('rotate-training',  'rotation',   'out',    'use',        '培训演练使用', 'for training and drills',    1),
  ('rotate-relief',    'rotation',   'out',    'use',        '困难救助发放', 'for people in need',         2),
  ('rotate-exchange',  'rotation',   'out',    'use',        '供应商调换',   'exchanged by the supplier',  3);

create table stock_adjustment (
  id              uuid primary key,
  number          text not null unique,
  kind            text not null check (kind in ('adjustment','damage','disposal','rotation')),
  warehouse_id    uuid not null references warehouse,
  status          text not null check (status in ('draft','submitted','posted','rejected','cancelled','reversed')),
  status_since    timestamptz not null,
  note            text not null,
  value_fen       bigint not null default 0,
  approval_needed boolean not null default false,
  reject_reason   text,
  replacements    jsonb not null default '[]',
  drafted_by      text not null,
  occurred_at     timestamptz not null,
  recorded_at     timestamptz not null,
  received_at     timestamptz not null,
  posted_at       timestamptz,
  version         integer not null default 1
);
create index stock_adjustment_by_warehouse on stock_adjustment (warehouse_id, id);
create index stock_adjustment_by_status on stock_adjustment (status, id);

-- The goods of a line as the ledger names them; a pack is how the line was entered, with its exact factor.
create table stock_adjustment_line (
  adjustment_id    uuid not null references stock_adjustment,
  line             integer not null,
  reason           text not null references stock_reason,
  direction        text not null check (direction in ('in','out')),
  item_id          uuid not null references item,
  lot_id           uuid not null references lot,
  bin_id           uuid not null references stock_place,
  condition        text not null,
  owner_society_id uuid not null references society,
  fund             text,
  units            bigint not null check (units > 0),
  pack_name        text,
  pack_units       integer,
  note             text not null,
  primary key (adjustment_id, line),
  check ((pack_name is null) = (pack_units is null) and (pack_units is null or units % pack_units = 0))
);
create index stock_adjustment_line_by_item on stock_adjustment_line (item_id, adjustment_id);

create table item_pack (
  id      uuid primary key,
  item_id uuid not null references item,
  name    text not null,
  units   integer not null check (units > 1),
  unique (item_id, name)
);

-- A kit and its parts. Definitions may change; what a made kit holds stands in lot_part.
create table kit (
  item_id uuid primary key references item,
  version integer not null default 1
);
create table kit_part (
  kit_item_id  uuid not null references kit,
  part_item_id uuid not null references item,
  units        integer not null check (units > 0),
  primary key (kit_item_id, part_item_id),
  check (kit_item_id <> part_item_id)
);
create index kit_part_by_part on kit_part (part_item_id);

-- Genealogy: every kit of a lot holds the same parts. assembly_id names the conversion account that holds them.
create table lot_part (
  kit_lot_id       uuid not null references lot,
  part_lot_id      uuid not null references lot,
  owner_society_id uuid not null references society,
  fund             text,
  units            integer not null check (units > 0),
  assembly_id      uuid not null,
  unique nulls not distinct (kit_lot_id, part_lot_id, owner_society_id, fund)
);
create index lot_part_by_part on lot_part (part_lot_id);

create table stock_conversion (
  id           uuid primary key,
  number       text not null unique,
  kind         text not null check (kind in ('assemble','unpack')),
  warehouse_id uuid not null references warehouse,
  kit_item_id  uuid not null references item,
  kits         bigint not null check (kits > 0),
  status       text not null default 'posted' check (status in ('posted','reversed')),
  note         text not null,
  lots         jsonb not null,
  parts        jsonb not null,
  posted_by    text not null,
  occurred_at  timestamptz not null,
  recorded_at  timestamptz not null,
  received_at  timestamptz not null,
  version      integer not null default 1
);
create index stock_conversion_by_warehouse on stock_conversion (warehouse_id, id);

-- Goods that come back from whom they were delivered to. issued_by_id is the order or issue that their account names.
create table stock_return (
  id            uuid primary key,
  number        text not null unique,
  warehouse_id  uuid not null references warehouse,
  issued_by_id  uuid not null,
  recipient     text not null,
  returned_by   text not null,
  status        text not null default 'posted' check (status in ('posted','reversed')),
  note          text not null,
  lines         jsonb not null,
  inspected_by  text not null,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null,
  received_at   timestamptz not null,
  version       integer not null default 1
);
create index stock_return_by_warehouse on stock_return (warehouse_id, id);

-- The reversal of a posted paper: at most one that is asked for or done.
create table stock_reversal (
  id               uuid primary key,
  number           text not null unique,
  document_id      uuid not null,
  document_kind    text not null,
  document_number  text not null,
  warehouse_id     uuid not null references warehouse,
  status           text not null check (status in ('submitted','posted','rejected','cancelled')),
  status_since     timestamptz not null,
  reason           text not null,
  value_fen        bigint not null,
  approval_needed  boolean not null,
  reject_reason    text,
  asked_by         text not null,
  received_at      timestamptz not null,
  version          integer not null default 1
);
create unique index one_reversal_a_document on stock_reversal (document_id) where status in ('submitted','posted');
create index stock_reversal_by_warehouse on stock_reversal (warehouse_id, id);

-- Why a lot is not good, who said so and with which authority; caused_by_lot_id: a part whose recall holds this kit lot.
alter table lot
  add column state_reason text,
  add column state_since timestamptz,
  add column state_by text,
  add column state_by_id uuid,
  add column state_path text,
  add column state_warehouse_id uuid references warehouse,
  add column caused_by_lot_id uuid references lot,
  add constraint lot_state_check check (state in ('good','held','quarantined','recalled','damaged','disposed'));
