-- The signed daily anchors of the record: a record that was written anew does not fit the ones that were given away.
create table journal_anchor (
  id          uuid primary key,
  number      integer not null unique check (number > 0),
  day         date not null unique,
  missed_days integer not null check (missed_days >= 0),
  seq         bigint not null check (seq > 0),
  hash        text not null check (hash ~ '^[0-9a-f]{64}$'),
  signed_at   timestamptz not null,
  previous    text not null check (previous ~ '^[0-9a-f]{64}$'),
  public_key  text not null,
  signature   text not null
);

-- X6: an anchor is written once; nothing may touch it afterwards.
create function journal_anchor_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the anchors of the record are append-only';
end $$;
create trigger journal_anchor_append_only before update or delete on journal_anchor for each row execute function journal_anchor_is_append_only();
create trigger journal_anchor_no_truncate before truncate on journal_anchor execute function journal_anchor_is_append_only();
