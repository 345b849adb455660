-- Journal, societies, people and their access. House rules: identity ids only where order matters, uuid elsewhere,
-- instants in UTC, scope keys (access/README.md) on every row that a console may see.

create table journal (
  id            bigint generated always as identity primary key,
  seq           bigint unique,
  kind          text not null,
  subject       text not null,
  subject_id    uuid not null,
  version       integer not null,
  incident_id   uuid,
  scope         text[] not null check (cardinality(scope) > 0),
  body          text not null,
  actor_id      uuid,
  actor_name    text,
  on_behalf_of  text,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null,
  received_at   timestamptz not null default clock_timestamp(),
  prev_hash     bytea,
  hash          bytea,
  check ((seq is null) = (hash is null))
);
create index journal_unsealed on journal (id) where seq is null;
create index journal_by_incident on journal (incident_id, seq) where incident_id is not null;

create table journal_head (
  only_one boolean primary key default true check (only_one),
  seq      bigint not null,
  hash     bytea not null
);
insert into journal_head (seq, hash) values (0, sha256('chiyuan journal v1'::bytea));

-- J1: a row is written once and numbered once; nothing else may touch it.
create function journal_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.seq is null and new.seq is not null
     and (new.id, new.kind, new.subject, new.subject_id, new.version, new.scope, new.body, new.occurred_at, new.recorded_at, new.received_at)
       = (old.id, old.kind, old.subject, old.subject_id, old.version, old.scope, old.body, old.occurred_at, old.recorded_at, old.received_at)
     and new.incident_id is not distinct from old.incident_id
     and new.actor_id is not distinct from old.actor_id and new.actor_name is not distinct from old.actor_name
     and new.on_behalf_of is not distinct from old.on_behalf_of
  then return new; end if;
  raise exception 'the journal is append-only';
end $$;
create trigger journal_append_only before update or delete on journal for each row execute function journal_is_append_only();
create trigger journal_no_truncate before truncate on journal execute function journal_is_append_only();

-- The exact text that the chain hash covers; journal/verify.rules.ts builds the same text from an exported line.
create function journal_text(j journal, n bigint) returns text language sql stable as $$
  select concat_ws(E'\n', n, j.kind, j.subject, j.subject_id, j.version, coalesce(j.incident_id::text, ''), array_to_string(j.scope, ' '),
    coalesce(j.actor_id::text, ''), coalesce(j.actor_name, ''), coalesce(j.on_behalf_of, ''),
    (extract(epoch from j.occurred_at) * 1000000)::bigint, (extract(epoch from j.recorded_at) * 1000000)::bigint,
    (extract(epoch from j.received_at) * 1000000)::bigint, j.body)
$$;

-- Gives committed rows the next numbers and chains them; one sealer at a time by the lock on the head row. Answers the new head.
create function seal_journal(most integer) returns bigint language plpgsql as $$
declare
  head journal_head;
  row_ journal;
  link bytea;
begin
  if not exists (select 1 from journal where seq is null) then return null; end if;
  select * into head from journal_head for update;
  for row_ in select * from journal where seq is null order by id limit most loop
    link := head.hash;
    head.seq := head.seq + 1;
    head.hash := sha256(link || convert_to(journal_text(row_, head.seq), 'UTF8'));
    update journal set seq = head.seq, prev_hash = link, hash = head.hash where id = row_.id;
  end loop;
  update journal_head set seq = head.seq, hash = head.hash;
  perform pg_notify('journal', ''); -- in the sealer's transaction it serialises sealers only, never commands
  return head.seq;
end $$;

create table society (
  id         uuid primary key,
  adcode     text not null unique,
  name       text not null,
  short_name text not null,
  level      text not null check (level in ('province','city','county','township','partner')),
  parent_id  uuid references society,
  path       text not null unique check (path like '/%/'),
  lon        double precision not null,
  lat        double precision not null,
  population integer not null default 0,
  version    integer not null default 1
);

create table app_user (
  id            uuid primary key,
  account       text not null unique,
  name          text not null,
  phone         text,
  society_id    uuid not null references society,
  password_hash text not null,
  locale        text not null default 'zh-CN' check (locale in ('zh-CN','en')),
  disabled_at   timestamptz,
  failures      integer not null default 0,
  locked_until  timestamptz,
  version       integer not null default 1
);

create table role_grant (
  id           uuid primary key,
  user_id      uuid not null references app_user,
  role         text not null,
  society_id   uuid not null references society,
  team_id      uuid,
  warehouse_id uuid,
  granted_at   timestamptz not null default now(),
  unique nulls not distinct (user_id, role, society_id, team_id, warehouse_id)
);
create index role_grant_by_society on role_grant (society_id, role);

create table session (
  id           uuid primary key,
  user_id      uuid not null references app_user,
  token_hash   bytea not null unique,
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  ip           text,
  user_agent   text
);
create index session_by_user on session (user_id) where revoked_at is null;

-- One row a command with an Idempotency-Key, written in the command's own transaction.
create table command_answer (
  user_id     uuid not null,
  key         text not null,
  fingerprint bytea not null,
  answer      jsonb,
  at          timestamptz not null default now(),
  primary key (user_id, key)
);
create index command_answer_by_age on command_answer (at);

-- Document numbers without gaps inside a series: taken in the transaction that makes the document.
create table number_series (series text primary key, last integer not null);
