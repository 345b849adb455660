-- The register of drills. A drill itself lives in a schema of its own, drill_<number>, made by these same migrations: no row of it is here.
create table drill (
  id              uuid primary key,
  number          integer not null unique check (number > 0),
  title           text not null,
  society_id      uuid not null references society,
  script          text,
  injects         jsonb not null,
  -- [{name, phone}]: the telephones that its messages may really reach.
  listed          jsonb not null,
  starts_at       timestamptz,
  speed           integer not null check (speed between 1 and 60),
  state           text not null check (state in ('planned','preparing','running','ended')),
  planned_by      text not null,
  planned_at      timestamptz not null,
  -- While it is made: renewed by who makes it, and how often that was begun.
  preparing_since timestamptz,
  attempts        integer not null default 0 check (attempts >= 0),
  started_at      timestamptz,
  ended_at        timestamptz,
  dropped_at      timestamptz,
  score           jsonb,
  -- Why it ended without having run.
  refusal         text,
  scope           text[] not null,
  version         integer not null default 1,
  check ((state = 'preparing') = (preparing_since is not null)),
  check (state = 'ended' or (state = 'running') = (started_at is not null)),
  check ((state = 'ended') = (ended_at is not null)),
  check (refusal is null or (state = 'ended' and started_at is null)),
  check (dropped_at is null or state = 'ended')
);
create index drill_by_time on drill (planned_at desc, id desc);
-- In a drill: when the real session ends with which somebody came in, by the clock of the server. Null in reality.
alter table session add column real_expires_at timestamptz;
