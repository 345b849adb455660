-- Who called, and from which number, is for the desks of the place and of the lead, and those above them. Others who see the incident get the
-- line without it: whoever holds a key of whole_scope reads body, the others masked.
alter table journal add column whole_scope text[];
alter table journal add column masked text;
alter table journal add constraint whole_or_masked check ((whole_scope is null) = (masked is null) and whole_scope <@ scope);

alter table incident add column whole_scope text[] not null default '{}';
update incident i set whole_scope = array(
  select key from unnest(i.scope) as key, society s, society l
  where s.id = i.society_id and l.id = i.lead_society_id and key like '/%' and (starts_with(s.path, key) or starts_with(l.path, key)));
alter table incident add check (whole_scope <> '{}' and whole_scope <@ scope);
