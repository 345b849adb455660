-- A second signature that is overdue is a notice like the others: about a paper, not about goods.
alter table stock_notice
  alter column item_id drop not null,
  add column document_id uuid,
  add column document_number text,
  drop constraint stock_notice_kind_check,
  add constraint stock_notice_kind_check
    check (kind in ('below-minimum','above-maximum','expired','expiring','cold','signature-overdue')),
  add constraint stock_notice_about check ((kind = 'signature-overdue') = (document_id is not null)
    and (item_id is null) = (document_id is not null) and (document_id is null) = (document_number is null));
drop index stock_notice_one_open;
create unique index stock_notice_one_open on stock_notice (kind, warehouse_id, item_id, lot_id, document_id) nulls not distinct
  where closed_at is null;
