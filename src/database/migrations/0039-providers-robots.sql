-- Text messages that a provider told us of, kept before they are acknowledged; what becomes of each is an alert_reply.
create table inbound_sms (
  provider_id text primary key,
  nth         bigint generated always as identity,
  phone       text not null,
  words       text not null,
  sent_at     timestamptz not null,
  received_at timestamptz not null,
  taken_at    timestamptz
);
create index inbound_sms_waiting on inbound_sms (nth) where taken_at is null;

-- A robot in a group of DingTalk, WeCom or Feishu. What opens it (webhook, secret) never leaves this table but to the provider.
create table group_robot (
  id              uuid primary key,
  society_id      uuid not null references society,
  kind            text not null check (kind in ('dingtalk','wecom','feishu')),
  name            text not null,
  webhook         text not null,
  secret          text,
  -- The least grave severity of which it is told.
  severity        text not null check (severity in ('I','II','III','IV')),
  paused_at       timestamptz,
  removed_at      timestamptz,
  made_by         text not null,
  made_at         timestamptz not null,
  changed_by      text not null,
  changed_at      timestamptz not null,
  -- What it may still say at tokens_at; it gains by the minute.
  tokens          double precision not null check (tokens >= 0),
  tokens_at       timestamptz not null,
  last_at         timestamptz,
  last_failure    text,
  version         integer not null default 1
);
create index group_robot_by_society on group_robot (society_id) where removed_at is null;

-- What a group is to be told of an alert, once a robot and state of it (D16).
create table robot_notice (
  id            uuid primary key,
  robot_id      uuid not null references group_robot,
  alert_id      uuid not null references alert,
  alert_version integer not null,
  words         text not null,
  at            timestamptz not null,
  stage         text not null check (stage in ('waiting','handed','sent','failed')),
  due_at        timestamptz,
  attempts      integer not null default 0,
  -- The message that it left in, by itself or with others.
  message_id    uuid,
  -- How many notices that message told of.
  told_with     integer,
  stage_at      timestamptz not null,
  failure       text,
  unique (robot_id, alert_id, alert_version),
  check ((stage in ('waiting','handed')) = (due_at is not null))
);
create index robot_notice_due on robot_notice (due_at) where due_at is not null;
create index robot_notice_by_robot on robot_notice (robot_id, at desc);
