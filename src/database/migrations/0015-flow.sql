-- A transfer says which line of a request each of its lines answers, and what its goods are for; an issue says whom they serve. A line may
-- name the fund that its goods are to be of.
alter table stock_transfer
  add column incident_id uuid references incident;
alter table stock_transfer_line
  add column request_line_id uuid references stock_request_line,
  add column fund            text references stock_fund (code);
create index stock_transfer_line_by_request on stock_transfer_line (request_line_id) where request_line_id is not null;
alter table stock_issue
  add column incident_id    uuid references incident,
  add column for_society_id uuid references society;
alter table stock_issue_line
  add column fund text references stock_fund (code);

-- What an issue's recipient did not get is inquired into like what is missing of a transfer.
alter table stock_inquiry
  alter column transfer_id drop not null,
  alter column to_warehouse_id drop not null,
  add column issue_id uuid unique references stock_issue,
  add constraint stock_inquiry_of_one_paper check (num_nonnulls(transfer_id, issue_id) = 1),
  add constraint stock_inquiry_ends check ((transfer_id is null) = (to_warehouse_id is null));
-- What the recipient of an issue said; of a transfer it stands in the receiver's count.
alter table stock_inquiry_line
  add column reason text;

-- Promised goods that a graver incident took over: a fact of the promise that lost them.
create table stock_commitment_take_over (
  id            uuid primary key,
  commitment_id uuid not null references stock_commitment,
  incident_id   uuid not null references incident,
  order_number  text not null,
  units         bigint not null check (units > 0),
  reason        text not null,
  by_name       text not null,
  taken_at      timestamptz not null
);
create index stock_commitment_take_over_by_commitment on stock_commitment_take_over (commitment_id);
