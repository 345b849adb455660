-- The weekly silent test of channels: who can be reached, and by what, without waking anybody for it.
create table channel_test (
  id         uuid primary key,
  society_id uuid not null references society,
  started_at timestamptz not null,
  ends_at    timestamptz not null,
  closed_at  timestamptz,
  started_by text not null,
  scope      text[] not null,
  version    integer not null default 1,
  check (ends_at > started_at)
);
create unique index channel_test_one_open on channel_test (society_id) where closed_at is null;   -- W1
create index channel_test_by_society on channel_test (society_id, started_at desc);

-- One message to one person by one channel. Nothing here points at an alert: a test is never an answer to one.
create table channel_test_message (
  id          uuid primary key,
  test_id     uuid not null references channel_test,
  member_id   uuid references team_member,
  user_id     uuid references app_user,
  team_id     uuid references team,
  person_name text not null,
  phone       text,
  channel     text not null check (channel in ('in-app','link','sms')),
  stage       text not null check (stage in ('planned','handed','receipt','confirmed','failed')),
  stage_at    timestamptz not null,
  attempts    integer not null default 0,
  due_at      timestamptz,
  failure     text,
  token_hash  bytea unique,
  check (stage in ('planned','handed') or due_at is null)
);
create index channel_test_message_by_test on channel_test_message (test_id);
create index channel_test_message_due on channel_test_message (due_at) where due_at is not null;
create index channel_test_message_by_user on channel_test_message (user_id) where channel = 'in-app';

-- Since the last test of the channels nobody could reach this member.
alter table team_member add column unreachable_since timestamptz;
