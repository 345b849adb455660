import type { AlertRow, ReplyRow } from '../alerts/index.js';
import { insertReply, saveReply, toReplyDto } from '../alerts/index.js';
import type { AnswerAlert } from '../alerts/alerts.dto.js';
import type { ReplyDto } from '../alerts/replies.dto.js';
import type { Tx } from '../database/index.js';
import { recordChange, type RecordedActor } from '../journal/index.js';
import { newId } from '../shared/ids.js';
import { giveAnswer, type HeldAlert, type Voice } from './answering.service.js';

/** Words are the desks' matter: of a run's scope the societies, not the team and its people. */
export const deskKeys = (scope: string[]): string[] => scope.filter((key) => key.startsWith('/'));

/** What a reply says of the run that it answers. */
export const aboutRun = (alert: AlertRow) => ({
  alertId: alert.id, incidentId: alert.incidentId, teamName: alert.teamName, unitCode: alert.unitCode, scope: deskKeys(alert.scope),
}); // prettier-ignore

type Known = Pick<ReplyRow, 'channel' | 'words' | 'reading' | 'why' | 'occurredAt' | 'receivedAt'>;
/** A reply as it comes: nobody has decided about it yet. */
export const newReply = (known: Known & Partial<ReplyRow>): ReplyRow => ({
  id: newId(), providerId: null, phone: null, personName: null, personRole: null, alertId: null, incidentId: null, teamName: '', unitCode: '',
  state: known.why === 'late' ? 'late' : 'to-read', answerId: null, factId: null, enteredBy: null, decidedBy: null, decidedAt: null, remark: null, scope: [],
  version: 1, ...known,
}); // prettier-ignore

interface Taking {
  row: ReplyRow;
  held: HeldAlert;
  answer: AnswerAlert;
  voice: Voice;
  now: Date;
}

/** Keeps a reply that waits for a person. */
export async function keepWaiting(tx: Tx, row: ReplyRow, actor: RecordedActor): Promise<ReplyDto> {
  await insertReply(tx, row);
  return tellReply(tx, row, { kind: 'reply.received', actor });
}

/** Keeps a reply whose plain words are an answer, with that answer. The locks of the run are held. */
export async function keepTaken(tx: Tx, taking: Taking, actor: RecordedActor): Promise<ReplyDto> {
  const taken: ReplyRow = { ...taking.row, state: 'taken', why: null, answerId: await answerIn(tx, taking) };
  await insertReply(tx, taken);
  return tellReply(tx, taken, { kind: 'reply.taken', actor });
}

/** Keeps a reply whose plain words answered a check; `factId` is what keeps the answer. */
export async function keepOfCheck(tx: Tx, row: ReplyRow, actor: RecordedActor): Promise<ReplyDto> {
  const taken: ReplyRow = { ...row, state: 'taken', why: null };
  await insertReply(tx, taken);
  return tellReply(tx, taken, { kind: 'reply.taken', actor });
}

/** Gives the answer that a person read out of a waiting reply. The locks of the run and of the reply are held. */
export async function takeRead(tx: Tx, taking: Taking, actor: RecordedActor): Promise<ReplyDto> {
  const answerId = await answerIn(tx, taking);
  const read: ReplyRow = { ...taking.row, state: 'read', answerId, decidedBy: actor.name, decidedAt: taking.now };
  return tellReply(tx, await saveReply(tx, read), { kind: 'reply.read', actor });
}

/** Gives the answer that the words are, with the words beside it; answers its id. */
async function answerIn(tx: Tx, { row, held, answer, voice, now }: Taking): Promise<string> {
  const id = newId();
  await giveAnswer(tx, held, { input: { ...answer, id }, voice: { ...voice, words: row.words }, now });
  return id;
}

export async function tellReply(
  tx: Tx,
  row: ReplyRow,
  told: { kind: string; actor: RecordedActor },
): Promise<ReplyDto> {
  const { id, version, scope, incidentId, occurredAt, receivedAt } = row;
  const data = toReplyDto(row);
  const about = incidentId ? { incidentId } : {};
  await recordChange(tx, {
    ...told,
    subject: 'reply',
    id,
    version,
    scope,
    data,
    ...about,
    occurredAt,
    recordedAt: receivedAt,
  });
  return data;
}
