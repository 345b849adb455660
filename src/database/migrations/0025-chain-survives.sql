-- What the alert chain did and when, so that nothing of it is done twice and what came late is known also when nobody looked meanwhile.
create table alert_step (
  alert_id uuid not null references alert,
  step     integer not null,
  due_at   timestamptz not null,
  left_at  timestamptz not null,
  -- Whole seconds after its time; 0 when it was left in time, by an answer for example.
  late_s   integer not null check (late_s >= 0),
  primary key (alert_id, step) -- D4: a step is left once
);
create index alert_step_late on alert_step (left_at) where late_s > 0;

-- When an attempt was handed over, and how many whole seconds after its time.
alter table alert_delivery add column handed_at timestamptz, add column late_s integer check (late_s >= 0);
create index alert_delivery_late on alert_delivery (handed_at) where late_s > 0;
create index chain_fault_cause on chain_fault (kind, subject_id, step);

-- The time of the database as it was last seen: a smaller one means that its clock was turned back.
create table clock_seen (
  id integer primary key check (id = 1),
  at timestamptz not null
);
