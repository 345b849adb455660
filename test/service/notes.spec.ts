import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor, teamKey } from '../../src/access/index.js';
import { inTransaction } from '../../src/database/index.js';
import { EndingService } from '../../src/dispatch/index.js';
import { IncidentsService, NotesService, shareIncident } from '../../src/incidents/index.js';
import { reportIncident } from '../../src/incidents/incidents.dto.js';
import { notesQuery, recordNote, type NoteDto } from '../../src/incidents/notes/note.dto.js';
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from '../support/app.js';
import { expectConsoleAgrees, TestConsole } from '../support/console.js';

type Desk = Awaited<ReturnType<TestApp['as']>>;
const LINHAI = { lon: 121.14, lat: 28.862 };
const MINUTE = 60_000;

describe('the call log of an incident', () => {
  let app: TestApp;
  let notes: NotesService;
  let city: Desk;
  let county: Desk;
  let hangzhou: Desk;
  beforeAll(async () => {
    app = await startApp();
    notes = app.get(NotesService);
    [city, county, hangzhou] = (await Promise.all(['duty.331000', 'duty.331082', 'duty.330100'].map((desk) => app.as(desk)))) as [Desk, Desk, Desk]; // prettier-ignore
  }, 120_000);
  afterAll(() => app?.close());

  const report = (desk: Desk, more: object = {}) =>
    app.get(IncidentsService).reportIncident(desk, reportIncident.parse({
      kind: 'flood', location: LINHAI, placeText: '临海古城', whatHappened: '水进了一楼', reporter: { name: '陈先生', phone: '13800000000' }, ...more,
    })); // prettier-ignore
  const write = (desk: Desk, incidentId: string, more: object = {}) =>
    notes.recordNote(
      desk,
      incidentId,
      recordNote.parse({ direction: 'in', organisation: '县应急局', words: '东门要两条船', ...more }),
    );
  const log = (desk: Desk, incidentId: string, query: object = {}) => notes.notes(desk, incidentId, notesQuery.parse(query)); // prettier-ignore
  const ago = (minutes: number) => new Date(app.clock.now().getTime() - minutes * MINUTE).toISOString();
  const serials = (list: NoteDto[]) => list.map(({ serial }) => serial);

  it('keeps who, by what, when it was said and when it was written down', async () => {
    const { id, number } = await report(county);
    const note = await expectConsoleAgrees(app, ['duty.331082', 'duty.331000'], () =>
      write(county, id, { person: '李局', phone: '0576-8511 0000', occurredAt: ago(25), recordedAt: ago(2) }),
    );
    expect(note).toMatchObject({
      incidentId: id, incidentNumber: number, serial: 1, direction: 'in', channel: 'phone', person: '李局', organisation: '县应急局',
      phone: '0576-8511 0000', words: '东门要两条船', answers: null, corrects: null, correctedBy: null, recordedBy: county.name,
      occurredAt: ago(25), recordedAt: ago(2), receivedAt: ago(0), version: 1,
    }); // prettier-ignore
    const { items, firstCalls } = await log(city, id);
    expect(items).toEqual([note]);
    expect(firstCalls).toMatchObject([
      { incidentNumber: number, reporter: { name: '陈先生' }, whatHappened: '水进了一楼', mergedInto: null },
    ]);
  });

  it('reads in the order in which things were said, whatever was entered late, page by page', async () => {
    const { id } = await report(county);
    await write(county, id, { occurredAt: ago(10) });
    await write(county, id, { direction: 'out', occurredAt: ago(5) });
    await write(city, id, { direction: 'internal', organisation: undefined, occurredAt: ago(20) });
    expect(serials((await log(county, id)).items)).toEqual([2, 1, 3]);
    const first = await log(county, id, { limit: 2 });
    expect(serials(first.items)).toEqual([2, 1]);
    const second = await log(county, id, { limit: 2, cursor: first.nextCursor! });
    expect([serials(second.items), second.nextCursor]).toEqual([[3], null]);
    expect(serials((await log(county, id, { direction: 'out' })).items)).toEqual([2]);
  });

  it('is told at once to the desks that see the incident, and to nobody else', async () => {
    const { id } = await report(county);
    const [above, beside] = [await TestConsole.open(app, 'duty.331000'), await TestConsole.open(app, 'duty.330100')];
    const leader = await app.as('leader.T-331082-WR-1');
    const keys = [teamKey(leader.grants[0]!.teamId!)];
    await inTransaction(app.db, (tx) => shareIncident(tx, id, { keys, actor: systemActor('test') }));
    const team = await TestConsole.open(app, 'leader.T-331082-WR-1');
    try {
      const note = await write(county, id);
      expect((await above.nextChange('note.recorded')).data).toEqual(note);
      await app.settled();
      for (const one of [beside, team]) expect(one.changes.filter(({ subject }) => subject === 'incident-note')).toEqual([]); // prettier-ignore
    } finally {
      for (const one of [above, beside, team]) one.close();
    }
    await expect(log(hangzhou, id)).rejects.toMatchObject({ code: 'incident.not-found', status: 404 });
    await expect(write(hangzhou, id)).rejects.toMatchObject({ code: 'incident.not-found' });
    await expect(log(leader, id)).rejects.toMatchObject({ code: 'access.denied', status: 403 });
    await expect(write(await app.as('auditor.330000'), id)).rejects.toMatchObject({ code: 'access.denied' });
    expect((await log(await app.as('auditor.330000'), id)).items).toHaveLength(1);
  });

  it('answers a note, and corrects one by another that says why; the first stays', async () => {
    const { id } = await report(county);
    const asked = await write(county, id, { occurredAt: ago(7) });
    const answer = await write(county, id, { direction: 'out', words: '两条船已出发', answersId: asked.id });
    expect(answer.answers).toEqual({ id: asked.id, serial: 1, incidentNumber: asked.incidentNumber });
    const right = await write(county, id, { words: '东门要三条船', correctsId: asked.id, correctionReason: '听错' });
    expect(right).toMatchObject({ serial: 3, corrects: { serial: 1 }, correctionReason: '听错', occurredAt: ago(7) });
    const shown = (await log(county, id)).items.find((note) => note.id === asked.id);
    expect(shown).toMatchObject({ words: '东门要两条船', correctedBy: { id: right.id, serial: 3 }, version: 2 });
    const again = write(county, id, { correctsId: asked.id, correctionReason: '又听错' });
    await expect(again).rejects.toMatchObject({ code: 'note.corrected-already', status: 409, params: { serial: 3 } });
    const other = await report(county);
    await expect(write(county, other.id, { answersId: asked.id })).rejects.toMatchObject({ code: 'note.not-found', status: 404 }); // prettier-ignore
    await expect(app.query(`update incident_note set words = 'x' where id = $1`, [asked.id])).rejects.toThrow(/Y1/);
    await expect(app.query(`delete from incident_note where id = $1`, [asked.id])).rejects.toThrow(/Y1/);
  });

  it('gives every note its number once, and lets one of several corrections stand, however many come at once', async () => {
    const { id } = await report(county);
    await Promise.all(Array.from({ length: 12 }, (_, n) => write(n % 2 ? county : city, id)));
    const { items } = await log(county, id);
    expect(serials(items).sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    const correct = () => write(county, id, { correctsId: items[0]!.id, correctionReason: '听错' });
    const outcomes = await Promise.allSettled([correct(), correct(), correct()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('shows the histories of both after a merge, each note with the number of its incident', async () => {
    const [kept, doubled, third] = [await report(county), await report(city, { reporter: { name: '王女士' } }), await report(county)]; // prettier-ignore
    const ours = await write(county, kept.id, { occurredAt: ago(9) });
    const theirs = await write(city, doubled.id, { occurredAt: ago(8), words: '古城二楼有三人' });
    const endings = app.get(EndingService);
    await endings.merge(county, third.id, { version: 1, intoId: doubled.id });
    await endings.merge(city, doubled.id, { version: 2, intoId: kept.id });
    const { items, firstCalls } = await log(county, kept.id);
    expect(items.map(({ id, incidentNumber }) => [id, incidentNumber])).toEqual([[theirs.id, doubled.number], [ours.id, kept.number]]); // prettier-ignore
    expect(firstCalls.map(({ incidentNumber, mergedInto }) => [incidentNumber, mergedInto?.number ?? null])).toEqual([
      [kept.number, null], [doubled.number, kept.number], [third.number, doubled.number],
    ]); // prettier-ignore
    expect((await log(city, doubled.id)).items).toEqual([theirs]);
    const late = write(city, doubled.id);
    await expect(late).rejects.toMatchObject({ code: 'note.incident-merged', status: 409, params: { number: kept.number } }); // prettier-ignore
    await write(city, doubled.id, { words: '古城二楼有两人', correctsId: theirs.id, correctionReason: '数错' });
    const answer = await write(county, kept.id, { direction: 'out', words: '已派船', answersId: theirs.id });
    expect(answer.answers).toMatchObject({ serial: 1, incidentNumber: doubled.number });
    expect((await log(county, kept.id)).items).toHaveLength(4);
  });

  it('tells what is written down on one of two merged to the desk that has the other', async () => {
    const kept = await report(hangzhou, { location: { lon: 120.15, lat: 30.27 } });
    const doubled = await report(county);
    const noted = await write(county, doubled.id);
    const province = await app.as('duty.330000');
    await app.get(EndingService).merge(province, doubled.id, { version: 1, intoId: kept.id });
    expect((await log(hangzhou, kept.id)).items).toMatchObject([{ id: noted.id, incidentNumber: doubled.number }]);
    await expect(log(county, kept.id)).rejects.toMatchObject({ code: 'incident.not-found' });
    const desk = await TestConsole.open(app, 'duty.330100');
    await write(county, doubled.id, { correctsId: noted.id, correctionReason: '听错' });
    await desk.nextChange('note.corrected', ({ subjectId }) => subjectId === noted.id);
    desk.close();
  });

  it('goes in by the door with every limit named, and the same note twice is one', async () => {
    const { id } = await report(county);
    const noteId = newId();
    const post = (body: object, key: string = newId()) =>
      fetch(`${app.url}/api/v1/incidents/${id}/notes`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${county.token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify({ direction: 'in', words: '要船', ...body }),
      }).then(async (answer) => [answer.status, (await answer.json()) as Record<string, unknown>] as const);
    const bad = await post({});
    expect([bad[0], bad[1].code, bad[1].errors]).toEqual([400, 'request.invalid', [expect.objectContaining({ pointer: '/person' })]]); // prettier-ignore
    const old = await post({ person: '李', occurredAt: ago(31 * 24 * 60) });
    expect([old[0], old[1].errors]).toEqual([400, [{ pointer: '/occurredAt', code: 'too_early' }]]);
    const [first, again] = [await post({ id: noteId, person: '李' }, noteId), await post({ id: noteId, person: '李' }, noteId)]; // prettier-ignore
    expect([first[0], first[1].serial, again[1].id, again[1].serial]).toEqual([201, 1, noteId, 1]);
  });
});
