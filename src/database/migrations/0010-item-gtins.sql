-- Numbers printed on packages, fourteen digits: which item is inside and how many base units of it. One number, one meaning.
create table item_gtin (
  gtin    text primary key check (gtin ~ '^[0-9]{14}$'),
  item_id uuid not null references item,
  units   integer not null default 1 check (units > 0)
);
create index item_gtin_by_item on item_gtin (item_id);
