-- A count of a warehouse, or of some of its bins, items or lots, while work goes on.
create table stock_count (
  id            uuid primary key,
  number        text not null unique,
  warehouse_id  uuid not null references warehouse,
  kind          text not null check (kind in ('spot','half-yearly','after-incident')),
  covers        jsonb not null,
  blind         boolean not null,
  note          text not null default '',
  status        text not null check (status in ('open','counted','approved','posted','cancelled')),
  opened_by     text not null,
  occurred_at   timestamptz not null,
  opened_at     timestamptz not null,
  finished_at   timestamptz,
  approved_at   timestamptz,
  posted_at     timestamptz,
  cancelled_at  timestamptz,
  cancel_reason text,
  figures       text,
  approvals     integer not null default 0,
  postings      integer not null default 0,
  version       integer not null default 1
);
create index stock_count_by_time on stock_count (opened_at, id);
create index stock_count_by_warehouse on stock_count (warehouse_id, opened_at, id);

-- One cell to count. A found line names a cell that the book may not have yet, so the id is no key into stock_cell.
create table stock_count_line (
  id               uuid primary key,
  count_id         uuid not null references stock_count,
  line             integer not null,
  cell_id          uuid not null,
  item_id          uuid not null references item,
  lot_id           uuid not null references lot,
  bin_id           uuid not null references stock_place,
  condition        text not null check (condition in ('good','damaged','quarantined')),
  owner_society_id uuid not null references society,
  fund             text,
  found            boolean not null default false,
  price_fen        bigint,
  state            text not null default 'open' check (state in ('open','counted','recount','explained','posted','dropped')),
  recount_reason   text,
  recount_from     timestamptz,
  entry_id         uuid,
  seen_book_units  bigint,
  explained_cause  text,
  explained_note   text,
  approved_units   bigint,
  blocked          jsonb,
  posted_units     bigint,
  posted_cause_id  uuid,
  drop_reason      text,
  active           boolean not null default true,
  unique (count_id, line),
  check ((state = 'recount') = (recount_reason is not null)),
  check ((state = 'posted') = (posted_units is not null)),
  check (not active or state not in ('posted','dropped'))
);
-- C1: a cell stands in one count at a time, so that no difference is ever posted twice.
create unique index stock_count_line_once on stock_count_line (cell_id) where active;
create index stock_count_line_by_count on stock_count_line (count_id);

-- What somebody counted, and at which moment by the clock of the server. A fact: never changed.
create table stock_count_entry (
  id              uuid primary key,
  line_id         uuid not null references stock_count_line,
  units           bigint not null check (units >= 0),
  moment          timestamptz not null,
  clock_offset_ms bigint not null,
  counter_id      uuid not null references app_user,
  counter_name    text not null,
  recorded_at     timestamptz not null,
  received_at     timestamptz not null
);
create index stock_count_entry_by_line on stock_count_entry (line_id);
create function stock_count_entry_is_final() returns trigger language plpgsql as $$
begin raise exception 'what was counted is final; count again'; end $$;
create trigger stock_count_entry_final before update or delete on stock_count_entry for each row execute function stock_count_entry_is_final();

-- A command that a device wrote down while it was away. The ordinary command runs under the same id; this row says how it ended.
create table stock_command (
  id            uuid primary key,
  user_id       uuid not null references app_user,
  user_name     text not null,
  warehouse_id  uuid references warehouse,
  kind          text not null,
  body          jsonb not null,
  fingerprint   bytea not null,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null,
  received_at   timestamptz not null,
  seen          jsonb,
  after_id      uuid,
  state         text not null check (state in ('received','waiting','rejected','applied','resolved')),
  problem       jsonb,
  proposal      jsonb,
  result_id     uuid,
  resolved_at   timestamptz,
  resolved_by   text,
  resolution    text,
  note          text,
  claimed_until timestamptz,
  version       integer not null default 1,
  check ((state = 'resolved') = (resolved_at is not null)),
  check ((state in ('rejected','waiting')) = (problem is not null) or state = 'resolved')
);
create index stock_command_open on stock_command (warehouse_id, received_at, id) where state in ('rejected','waiting');
create index stock_command_after on stock_command (after_id) where state = 'waiting';
