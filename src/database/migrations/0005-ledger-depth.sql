-- A movement may pass from the book of one warehouse into another's, by a transfer only: goods in transit that arrive in a bin of who
-- receives them. Units are conserved by construction over all books together; within one, all that is not a transfer balances (S3).
alter table stock_movement add column to_warehouse_id uuid;
alter table stock_movement disable trigger stock_movement_final;
update stock_movement set to_warehouse_id = warehouse_id;
alter table stock_movement enable trigger stock_movement_final;
alter table stock_movement
  alter column to_warehouse_id set not null,
  drop constraint stock_movement_to_cell_id_lot_id_warehouse_id_fkey,
  add foreign key (to_cell_id, lot_id, to_warehouse_id) references stock_cell (id, lot_id, warehouse_id),
  add constraint other_book_by_transfer_only check (warehouse_id = to_warehouse_id or reason in ('transfer', 'reversal'));
create index stock_movement_into_book on stock_movement (to_warehouse_id, received_at, id) where to_warehouse_id <> warehouse_id;

-- conversion: parts and kits, packs; adjustment: corrections with a reason; inquiry: missing on arrival, until it is explained.
alter table stock_place drop constraint stock_place_kind_check, add constraint stock_place_kind_check check (kind in
  ('bin','transit','supplier','donor','recipient','loss','disposal','count-difference','opening','conversion','adjustment','inquiry'));
alter table stock_cell drop constraint stock_cell_condition_check,
  add constraint stock_cell_condition_check check (condition in ('good','damaged','quarantined'));

-- Who signed which paper in which role. A signature is a fact: one a role, never changed.
create table document_signature (
  document_id uuid not null,
  role        text not null,
  user_id     uuid not null references app_user,
  name        text not null,
  occurred_at timestamptz not null,
  signed_at   timestamptz not null,
  primary key (document_id, role)
);
create function document_signature_is_final() returns trigger language plpgsql as $$
begin raise exception 'a signature is final'; end $$;
create trigger document_signature_final before update or delete on document_signature for each row execute function document_signature_is_final();
