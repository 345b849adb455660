-- Telephone calls: a key pressed in one is kept like a text message that came in, with the run that it answers and what it means.
alter table inbound_sms
  add column alert_id uuid references alert,
  add column pressed text check (pressed in ('accept','decline')),
  add check ((alert_id is null) = (pressed is null));
alter table alert_reply drop constraint alert_reply_channel_check;
alter table alert_reply add check (channel in ('sms','voice','phone','radio','wechat','in-person'));
