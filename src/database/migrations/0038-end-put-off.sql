-- A run whose last messages had not left when its time was up (a standstill) waits for its last step once more before it ends.
alter table alert add column put_off boolean not null default false;
