-- The auditor of the alert chain: what it found, and when it last looked. No foreign keys: they take locks on the rows that they point at,
-- and the lock that stalls the chain must not stall who audits it.
create table chain_fault (
  id            uuid primary key,
  kind          text not null check (kind in ('step-late','step-untold','delivery-late','assignment-silent','tier-untold','call-unanswered')),
  -- What is at fault: an alert, or the assignment that has none.
  subject_id    uuid not null,
  step          integer not null default 0,
  alert_id      uuid,
  assignment_id uuid,
  incident_id   uuid not null,
  team_name     text not null,
  unit_code     text not null,
  who           text,
  since         timestamptz not null,
  opened_at     timestamptz not null,
  closed_at     timestamptz,
  scope         text[] not null,
  version       integer not null default 1
);
create unique index chain_fault_open on chain_fault (kind, subject_id, step) where closed_at is null;   -- D11: one alarm a cause
create index chain_fault_scope on chain_fault using gin (scope);
create index chain_fault_by_incident on chain_fault (incident_id);

create table chain_audit (
  id              integer primary key check (id = 1),
  last_audited_at timestamptz
);
insert into chain_audit (id) values (1);

-- What the auditor reads each time.
create index assignment_alerted on assignment (status_since) where status = 'alerted';
create index alert_exhausted on alert (done_at) where done_reason = 'exhausted';
