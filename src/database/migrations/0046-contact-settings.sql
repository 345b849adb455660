-- How a person with an account wants to be told: which way first, how long until the next, and when what can wait should.
create table contact_setting (
  user_id        uuid primary key references app_user,
  ways           text[] not null check (cardinality(ways) = 3 and ways @> array['in-app','sms','mail']),
  wait_s         integer not null check (wait_s between 0 and 60),
  -- Minutes of the day on the clock of China; from after to: over midnight. Both null: none.
  quiet_from_min integer check (quiet_from_min between 0 and 1439),
  quiet_to_min   integer check (quiet_to_min between 0 and 1439),
  set_at         timestamptz not null,
  version        integer not null default 1,
  check ((quiet_from_min is null) = (quiet_to_min is null)),
  check (quiet_from_min <> quiet_to_min)
);

-- Until when a message waits for the quiet hours of its person (D20).
alter table channel_test_message add column quiet_until timestamptz;
