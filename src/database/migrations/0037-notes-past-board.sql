-- What was said about an incident, to and by its desk: calls, messages, words on the spot. Notes are only ever added; a mistake is corrected
-- by a further note that points at the one before it.
create table incident_note (
  id                uuid primary key,
  incident_id       uuid not null references incident,
  -- The n of "note n" of its incident.
  serial            integer not null check (serial > 0),
  direction         text not null check (direction in ('in','out','internal')),
  channel           text not null check (channel in ('phone','radio','message','written','in-person')),
  person            text,
  organisation      text,
  phone             text,
  words             text not null check (words <> ''),
  answers_id        uuid references incident_note,
  -- Y3: one line of corrections, each of the newest.
  corrects_id       uuid unique references incident_note,
  correction_reason text,
  recorded_by       text not null,
  recorded_by_id    uuid not null,
  -- When it was said, when a device wrote it down, when it came.
  occurred_at       timestamptz not null,
  recorded_at       timestamptz not null,
  received_at       timestamptz not null,
  unique (incident_id, serial),                                                                        -- Y2
  check ((corrects_id is null) = (correction_reason is null)),
  check (direction = 'internal' or coalesce(person, organisation, phone) is not null)
);
create index incident_note_by_time on incident_note (incident_id, occurred_at, id);
create index incident_note_answers on incident_note (answers_id) where answers_id is not null;

-- Y1
create function incident_note_stays() returns trigger language plpgsql as $$
begin
  raise exception 'Y1 a note is not changed';
end $$;
create trigger incident_note_stays before update or delete on incident_note for each row execute function incident_note_stays();
create index incident_by_merged on incident (merged_into_id) where merged_into_id is not null;

-- Where a board of a past moment begins: the newest line up to it of each of these things, without reading the whole record. Lines of all other
-- things of the board are found by their incident.
create index journal_board on journal (subject, subject_id, seq desc)
  where subject in ('incident','team-unit','help-call','chain-fault','clock-setting');
