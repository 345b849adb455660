import { Injectable } from '@nestjs/common';
import { type Actor, canSee, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { recordChanges } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { notFound, Problem } from '../../shared/problem.js';
import type { Incident } from '../incident.entity.js';
import { factTimes } from '../incident-steps.rules.js';
import { lockForCommand } from '../incident-steps.service.js';
import { findIncident } from '../incidents.store.js';
import type { NoteDto, NotePage, NotesQuery, RecordNote } from './note.dto.js';
import * as rules from './note.rules.js';
import * as store from './note.store.js';

/** Reports that one log begins with, at most: of so many incidents in one. */
const MOST_FIRST_CALLS = 200;

/** The call log of an incident: what was said, to and by its desk. */
@Injectable()
export class NotesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes down what was said, in whatever status the incident is: people call after it has closed, too. 404 `incident.not-found`,
   * `note.not-found`; 403; 409 `note.incident-merged`, `note.corrected-already`; 422 `note.too-many`; 400 `request.invalid` for a wrong date.
   */
  async recordNote(actor: Actor, incidentId: string, input: RecordNote): Promise<NoteDto> {
    return inCommand(this.db, actor, async (tx) => {
      const incident = await lockForCommand(tx, actor, incidentId, 'incident.note');
      const now = this.clock.now();
      const above = await store.mergedInto(tx, incidentId);
      const count = await store.countNotes(tx, incidentId);
      const correcting = input.correctsId !== undefined;
      rules.mustTake(incident, { correcting, count, mergedIntoNumber: above[0]?.number ?? null });
      const corrected = await mustSpeakOfKnown(tx, incidentId, input);
      const times = {
        occurredAt: rules.saidAt(input.occurredAt, { reportedAt: incident.reportedAt, corrected, now }),
        recordedAt: factTimes(input, now).recordedAt,
      };
      const { direction, channel, words } = input;
      const note: store.NoteRow = {
        id: input.id ?? newId(), incidentId, serial: count + 1, direction, channel, person: input.person ?? null,
        organisation: input.organisation ?? null, phone: input.phone ?? null, words, answersId: input.answersId ?? null,
        correctsId: input.correctsId ?? null, correctionReason: input.correctionReason ?? null, recordedBy: actor.name,
        recordedById: actor.userId, receivedAt: now, ...times,
      }; // prettier-ignore
      await store.insertNote(tx, note);
      return tellNote(tx, note, { actor, scope: scopeOf(incident, above), wholeScope: wholeScopeOf(incident, above) });
    });
  }

  /**
   * What was said about an incident and about all that were merged into it, the newest talk first. For the desks that see it; 403 for a team or
   * a store that the incident was shown to.
   */
  async notes(actor: Actor, incidentId: string, query: NotesQuery): Promise<NotePage> {
    const [occurredMs, id] = (decodeCursor(query.cursor, ['number', 'string']) ?? []) as [number?, string?];
    return read(this.db, async (tx) => {
      const incident = visibleOr404(actor, await findIncident(tx, incidentId), 'incident', incidentId);
      if (!canSee(actor, rules.deskKeys(incident.scope))) throw new Problem('access.denied', { action: 'incident.note' });
      const before = id === undefined ? null : { occurredMs: occurredMs!, id };
      const asked = { direction: query.direction ?? null, before, limit: query.limit };
      const page = toPage(await store.listNotes(tx, incidentId, asked), query.limit, (note) => [Date.parse(note.occurredAt), note.id]); // prettier-ignore
      const firstCalls = await store.firstCalls(tx, incidentId, MOST_FIRST_CALLS);
      if (canSee(actor, incident.wholeScope)) return { ...page, firstCalls };
      return { ...page, items: page.items.map(rules.maskedNote), firstCalls: firstCalls.map(rules.maskedFirstCall) };
    });
  } // prettier-ignore
}

/** Y5: what a note answers or corrects is there, and its author may read it. Answers the note that it corrects. */
async function mustSpeakOfKnown(
  tx: Tx,
  incidentId: string,
  { answersId, correctsId }: RecordNote,
): Promise<rules.KnownNote | undefined> {
  if (answersId && !(await store.findNoteOf(tx, incidentId, answersId))) throw notFound('note', answersId);
  if (!correctsId) return undefined;
  const corrected = await store.findNoteOf(tx, incidentId, correctsId);
  rules.mustBeCorrectable(corrected, { incidentId, id: correctsId });
  return corrected;
}

/** The desks of the incident, and of those into which it went: they read its notes as part of their own log. */
const scopeOf = (incident: Incident, above: { scope: string[] }[]): string[] => [
  ...new Set([incident, ...above].flatMap(({ scope }) => rules.deskKeys(scope))),
];

/** Those of them that also see with whom it was. */
const wholeScopeOf = (incident: Incident, above: { wholeScope: string[] }[]): string[] => [
  ...new Set([incident, ...above].flatMap(({ wholeScope }) => wholeScope)),
];

/** Tells the note, and the one that it stands in for: that one counts no more. */
async function tellNote(
  tx: Tx,
  note: store.NoteRow,
  { actor, scope, wholeScope }: { actor: Actor; scope: string[]; wholeScope: string[] },
): Promise<NoteDto> {
  const { id, incidentId, correctsId, occurredAt, recordedAt } = note;
  const [told, corrected] = await store.noteDtos(tx, correctsId ? [id, correctsId] : [id]);
  const line = { subject: 'incident-note', scope, actor, incidentId, occurredAt, recordedAt };
  const change = (kind: string, data: NoteDto) => ({
    ...line, kind, id: data.id, version: data.version, data, masked: { data: rules.maskedNote(data), wholeScope },
  }); // prettier-ignore
  await recordChanges(tx, [
    ...(corrected ? [change('note.corrected', corrected)] : []),
    change('note.recorded', told!),
  ]);
  return told!;
}
