-- What one unit of a lot is worth, and on what proof: two deliveries of one item have two prices.
alter table lot
  add column unit_value_fen bigint check (unit_value_fen >= 0),
  add column value_basis    text check (value_basis in ('invoice','market-price')),
  add check ((unit_value_fen is null) = (value_basis is null));

-- A fund is where goods or the money for them came from, and what they may be used for. Its code is part of the key of a cell, so that an
-- intent cannot get lost on the way of the goods.
create table stock_fund (
  code                 text primary key,
  name                 text not null,
  kind                 text not null check (kind in ('purchase','donation')),
  society_id           uuid not null references society,
  donor                text,
  intent_society_id    uuid references society,
  intent_item_id       uuid references item,
  intent_incident_kind text,
  intent_incident_id   uuid,
  intent_until         date,
  version              integer not null default 1,
  constraint stock_fund_incident foreign key (intent_incident_id) references incident
);
insert into stock_fund (code, name, kind, society_id)
  select fund, fund, 'donation', min(owner_society_id::text)::uuid from stock_cell where fund is not null group by fund;
alter table stock_cell add constraint stock_cell_fund foreign key (fund) references stock_fund (code);
create index stock_cell_by_fund on stock_cell (fund) where fund is not null;

-- An in-kind donation. No personal name is kept here: a private donor is anonymous, and known by the number of the fiscal receipt.
create table donation (
  id          uuid primary key,
  number      text not null unique,
  society_id  uuid not null references society,
  fund        text not null unique references stock_fund (code),
  donor_kind  text not null check (donor_kind in ('organisation','anonymous')),
  donor_name  text,
  value_basis text not null check (value_basis in ('invoice','market-price','none')),
  receipt_no  text,
  note        text not null default '',
  status      text not null check (status in ('announced','received')),
  counters    text[] not null default '{}',
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  scope       text[] not null,
  version     integer not null default 1,
  check ((donor_kind = 'organisation') = (donor_name is not null))
);
create index donation_by_time on donation (received_at, id);
create index donation_scope on donation using gin (scope);

-- A receipt is a life: announced, arrived, counted by two, accepted (only then do goods enter the ledger), put away.
alter table goods_receipt
  add column status text not null default 'accepted' check (status in
    ('announced','arrived','counted-a','counted-b','accepted','part-rejected','put-away','cancelled')),
  add column donation_id             uuid references donation,
  add column expected_on             date,
  add column counted_with            text,
  add column second_signature_due_at timestamptz,
  add column second_signed_at        timestamptz,
  add column cancel_reason           text,
  alter column received_by drop not null,
  add check (received_by is not null or status in ('announced','arrived','counted-a','counted-b','cancelled')),
  add check (second_signed_at is null or second_signature_due_at is not null);
create index goods_receipt_unsigned on goods_receipt (second_signature_due_at)
  where second_signature_due_at is not null and second_signed_at is null;
create index goods_receipt_by_donation on goods_receipt (donation_id) where donation_id is not null;

-- Receipts written before this: what was taken in is what was announced, in good condition.
update goods_receipt g set lines = (
  select coalesce(jsonb_agg(l.line || jsonb_build_object('ofLine', null, 'lotCode', lot.code, 'expiresOn', lot.expires_on, 'fund', null,
    'unitValueFen', null, 'valueBasis', null, 'announcedUnits', l.line -> 'units', 'countedAUnits', null, 'countedBUnits', null,
    'condition', 'good', 'rejectedUnits', 0, 'rejectReason', null, 'shortUnits', 0, 'overReason', null, 'settledReason', null) order by l.n),
    '[]'::jsonb)
  from jsonb_array_elements(g.lines) with ordinality as l (line, n) left join lot on lot.id = (l.line ->> 'lotId')::uuid);
