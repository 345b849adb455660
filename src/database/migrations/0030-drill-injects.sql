-- What a drill will let happen, and when by its own clock. Filled in the schema of a drill only.
create table drill_inject (
  id        uuid primary key,
  line      integer not null unique,
  due_at    timestamptz not null,
  kind      text not null,
  call      jsonb not null,
  state     text not null default 'waiting' check (state in ('waiting','playing','played','refused')),
  -- By the clock of the server, not of the drill.
  begun_at  timestamptz,
  played_at timestamptz,
  -- The code of the problem that refused it.
  refusal   text,
  check ((state in ('played','refused')) = (played_at is not null)),
  check ((state = 'refused') = (refusal is not null))
);
create index drill_inject_due on drill_inject (due_at) where state in ('waiting','playing');
