import { pathKeys, systemActor, userKey } from '../access/index.js';
import type { Tx } from '../database/index.js';
import { recordChange } from '../journal/index.js';
import { newId } from '../shared/ids.js';
import type { DutyNoticeDto } from './duty.dto.js';
import * as store from './notice.store.js';

const ACTOR = systemActor('duty.watch');

export interface Cause {
  kind: DutyNoticeDto['kind'];
  society: { id: string; path: string };
  subjectId: string;
  figures: DutyNoticeDto['figures'];
  now: Date;
}

/** Tells a cause once (U3): opens its notice, or corrects the figures and the people of the open one. Answers whether anything was told. */
export async function noteCause(tx: Tx, cause: Cause): Promise<boolean> {
  const { kind, society, subjectId, figures, now } = cause;
  const held = await store.lockOpenNotice(tx, kind, subjectId);
  const people = await peopleToTell(tx, kind, society.path);
  const [toIds, toNames] = [people.map(({ userId }) => userId), people.map(({ name }) => name)];
  if (held) {
    if (sameFigures(held.figures, figures) && sameList(held.toIds, toIds)) return false;
    // Who is not told any more still hears that, and that it is over.
    const scope = [...new Set([...held.scope, ...toIds.map(userKey)])];
    const next = { ...held, figures, toIds, toNames, scope, version: held.version + 1 };
    await store.saveNotice(tx, next);
    await tell(tx, next, 'duty.notice-changed');
    return true;
  }
  const row: store.NoticeRow = {
    id: newId(), kind, societyId: society.id, subjectId, toIds, toNames, figures, since: now, closedAt: null,
    scope: [...pathKeys(society.path), ...toIds.map(userKey)], version: 1,
  }; // prettier-ignore
  await store.insertNotice(tx, row);
  await tell(tx, row, 'duty.notice-opened');
  return true;
}

/** The cause is gone. False when nothing was open. */
export async function closeCause(tx: Tx, of: { kind: DutyNoticeDto['kind']; subjectId: string; now: Date }): Promise<boolean> {
  const held = await store.lockOpenNotice(tx, of.kind, of.subjectId);
  if (!held) return false;
  const next = { ...held, closedAt: of.now, version: held.version + 1 };
  await store.saveNotice(tx, next);
  await tell(tx, next, 'duty.notice-closed');
  return true;
} // prettier-ignore

/** The leads of the desk, or of the nearest above that has one; of a gap its own officers hear too when it has no lead itself. */
async function peopleToTell(tx: Tx, kind: DutyNoticeDto['kind'], path: string): Promise<store.PersonToTell[]> {
  const leads = await store.dutyPeopleAlong(tx, path, 'dutyLead');
  const nearest = leads.filter((person) => person.path === leads[0]!.path);
  if (kind === 'handover-late' || nearest[0]?.path === path) return nearest;
  const own = await store.dutyPeopleAlong(tx, path, 'dutyOfficer');
  return [...nearest, ...own.filter((person) => person.path === path)];
}

const sameList = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

const sameFigures = (a: DutyNoticeDto['figures'], b: DutyNoticeDto['figures']): boolean =>
  Object.keys({ ...a, ...b }).every((key) => a[key] === b[key]);

async function tell(tx: Tx, row: store.NoticeRow, kind: string): Promise<void> {
  const { id, version, scope } = row;
  const data = store.toNoticeDto(row);
  await recordChange(tx, { kind, subject: 'duty-notice', id, version, scope, data, actor: ACTOR });
}
