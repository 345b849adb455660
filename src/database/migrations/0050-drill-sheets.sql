-- The evaluators' sheet of a drill. It lies in reality, in the register, so that it outlives the schema of the drill; empty in a drill.
create table drill_sheet (
  drill_id        uuid primary key references drill,
  -- Items that are not judged in this drill: codes of the default items, ids of its own.
  left_out        text[] not null default '{}',
  went_well       text not null default '',
  must_improve    text not null default '',
  remarks_by      text,
  remarks_at      timestamptz,
  -- Of the remarks, which evaluators write together.
  remarks_version integer not null default 1,
  -- Of the sheet as a whole: one on with every change of any part of it.
  version         integer not null default 1
);
insert into drill_sheet (drill_id) select id from drill;
create table drill_item (
  id       uuid primary key,
  drill_id uuid not null references drill_sheet,
  line     integer not null,
  aspect   text not null,
  words    text not null,
  added_by text not null,
  added_at timestamptz not null,
  unique (drill_id, line)
);
-- What an evaluator saw, said once: who judges again adds a line, and the former one stays.
create table drill_judgement (
  id            uuid primary key,
  drill_id      uuid not null references drill_sheet,
  item          text not null,
  grade         text not null check (grade in ('excellent','good','fair','poor','not-observed')),
  note          text not null,
  judged_by_id  uuid not null references app_user,
  judged_by     text not null,
  judged_at     timestamptz not null
);
create index drill_judgement_by_drill on drill_judgement (drill_id, judged_at, id);
create function drill_judgement_is_final() returns trigger language plpgsql as $$
begin
  raise exception 'a judgement is final: judge again';
end $$;
create trigger drill_judgement_final before update or delete on drill_judgement for each row execute function drill_judgement_is_final();
create table drill_improvement (
  id        uuid primary key,
  drill_id  uuid not null references drill_sheet,
  line      integer not null,
  item      text,
  what      text not null,
  owner     text not null,
  due_on    date not null,
  state     text not null check (state in ('open','done')),
  added_by  text not null,
  added_at  timestamptz not null,
  done_by   text,
  done_at   timestamptz,
  done_note text,
  version   integer not null default 1,
  unique (drill_id, line),
  check ((state = 'done') = (done_at is not null and done_by is not null and done_note is not null))
);
-- In a drill: who entered an inject by hand while it ran. Null: it is of the script.
alter table drill_inject add column entered_by text;
