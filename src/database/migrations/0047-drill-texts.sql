-- In a drill: the text messages that really left it, by the clock of the server whatever that of the drill shows. Empty in reality.
create table drill_text (
  delivery_id uuid primary key,
  phone_key   text not null check (phone_key <> ''),
  left_at     timestamptz not null default pg_catalog.clock_timestamp()
);
create index drill_text_by_phone on drill_text (phone_key, left_at);

-- In reality: the words from outside that were a drill's, without the words: those lie in the drill. Empty in a drill.
create table drill_reply (
  provider_id text primary key,
  drill       integer not null,
  given_at    timestamptz not null,
  taken_at    timestamptz
);
