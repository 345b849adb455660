-- The lot that the goods of a line are to be of: what is moved so that it is used in time must be that lot and no other.
alter table stock_transfer_line
  add column lot_id uuid,
  add foreign key (lot_id, item_id) references lot (id, item_id),
  -- What was promised to a request is there already, in its own lots.
  add constraint stock_transfer_line_lot_of_choice check (lot_id is null or request_line_id is null);
create index stock_transfer_line_by_lot on stock_transfer_line (lot_id) where lot_id is not null;
