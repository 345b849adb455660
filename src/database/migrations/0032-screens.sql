-- Big screens (大屏): each opens with a token of its own, of which only the hash is kept. A token reads one picture and nothing else.
create table screen (
  id            uuid primary key,
  society_id    uuid not null references society,
  name          text not null,
  names_allowed boolean not null,
  token_hash    bytea not null unique,
  made_by       text not null,
  made_at       timestamptz not null,
  expires_at    timestamptz not null,
  last_seen_at  timestamptz,
  revoked_at    timestamptz,
  version       integer not null default 1,
  check (expires_at > made_at)
);
create index screen_of_society on screen (society_id);
