-- Whether a message left in the quiet hours of its person, which an alert does not wait for (D20): kept, because the hours may be set anew.
alter table alert_delivery add column through_quiet boolean not null default false;
