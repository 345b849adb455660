-- S1: what a recipient holds, what was thrown away, lost or is missing gives back no more than came into it. Not asked of what stands there:
-- books that were broken before must not keep a system from starting; the audit names such cells.
alter table stock_cell
  drop constraint stock_on_hand_not_negative,
  add constraint stock_on_hand_not_negative
    check (on_hand >= 0 or kind not in ('bin','transit','recipient','disposal','loss','inquiry')) not valid;

-- What the receiver of a mission's goods did not get is inquired into like what is missing of a transfer or an issue. Such an order belongs to
-- another module: its number and recipient are kept here.
alter table stock_inquiry
  add column supply_order_id uuid unique references supply_order,
  add column document text,
  add column recipient text,
  drop constraint stock_inquiry_of_one_paper,
  add constraint stock_inquiry_of_one_paper check (num_nonnulls(transfer_id, issue_id, supply_order_id) = 1),
  add constraint stock_inquiry_names_its_order
    check ((supply_order_id is null) = (document is null) and (document is null) = (recipient is null));

-- A command of a device is marked in the transaction in which it has its effect: nobody claims it before.
alter table stock_command
  drop column claimed_until;

-- What somebody ordered that day on one signature counts in: many small orders are no way round the second.
create index stock_issue_by_orderer on stock_issue (warehouse_id, ordered_by_id, ordered_at);
