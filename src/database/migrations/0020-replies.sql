-- Free-text replies: by text message from outside, or typed by an officer in the words of the team.

-- By which number a person is told from another: the last eleven digits, whatever stands before or between them.
alter table alert_delivery
  add column phone_key text generated always as (right(regexp_replace(phone, '[^0-9]', '', 'g'), 11)) stored;
create index alert_delivery_by_phone on alert_delivery (phone_key) where phone_key is not null;

-- The raw words of an answer that came as free text.
alter table alert_answer add column words text;

create table alert_reply (
  id           uuid primary key,
  -- The provider's own number of the message; null when an officer typed the words in.
  provider_id  text unique,
  channel      text not null check (channel in ('sms','phone','radio','wechat','in-person')),
  phone        text,
  words        text not null,
  person_name  text,
  person_role  text,
  alert_id     uuid references alert,
  incident_id  uuid references incident,
  team_name    text not null default '',
  unit_code    text not null default '',
  reading      jsonb not null,
  state        text not null check (state in ('taken','to-read','late','read','set-aside')),
  why          text,
  answer_id    uuid references alert_answer,
  entered_by   text,
  decided_by   text,
  decided_at   timestamptz,
  remark       text,
  occurred_at  timestamptz not null,
  received_at  timestamptz not null,
  scope        text[] not null,
  version      integer not null default 1,
  check ((state in ('taken','read')) = (answer_id is not null)),                        -- D10
  check (state not in ('to-read','late') or (why is not null and decided_at is null))   -- D10: what waits says why
);
create index alert_reply_waiting on alert_reply (received_at) where state in ('to-read','late');
create index alert_reply_by_alert on alert_reply (alert_id);
create index alert_reply_by_incident on alert_reply (incident_id);
create index alert_reply_scope on alert_reply using gin (scope);
