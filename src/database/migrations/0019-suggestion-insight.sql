-- What a plan teaches beside its lines, where its minutes come from, and what the same plan keeps for other incidents.
alter table suggestion
  add column insight jsonb,
  add column travel jsonb,
  add column reserved jsonb not null default '[]';
