-- Mail: where somebody reads it, and where a message was sent to.
alter table app_user add column email text;
alter table team_member add column email text;
alter table alert_delivery add column email text;
alter table channel_test_message add column email text;
alter table channel_test_message drop constraint channel_test_message_channel_check;
alter table channel_test_message add check (channel in ('in-app','link','sms','mail'));

-- A text message may answer a check of people: then what was read stands in a fact of the roll.
alter table alert_reply add column fact_id uuid references roll_fact;
alter table alert_reply drop constraint alert_reply_check;
alter table alert_reply add constraint alert_reply_check check ((state in ('taken','read')) = (coalesce(answer_id, fact_id) is not null)); -- D10
