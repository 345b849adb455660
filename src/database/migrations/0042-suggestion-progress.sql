-- The plan so far of a suggestion that is still being solved; gone when it has its answer.
alter table suggestion add column progress jsonb;
