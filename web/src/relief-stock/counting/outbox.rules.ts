import type { CommandAnswer } from '../../../../src/relief-stock/offline/command.dto.js';

/** A count that this device has written down; its id is the client id under which the server takes it once. */
export type Jotted = {
  id: string;
  countId: string;
  lineId: string;
  units: number;
  /** What the row is called, for the list of refused ones: nobody can look it up without network. */
  label: string;
  /** By this device's clock; what must be added is known when it is sent. */
  atMs: number;
  state: 'waiting' | 'delivered' | 'rejected';
  settledAtMs: number | null;
  refusal: { code: string; words: string } | null;
};

/** The last count may be taken back as long as nothing was counted after it, for this long. */
export const UNDO_MS = 6000;
export const KEPT_MS = 24 * 3600_000;
/** As many as the server takes at once. */
const AT_ONCE = 200;

export const undoable = (jotted: readonly Jotted[], nowMs: number): Jotted | null => {
  const last = jotted.at(-1);
  return last?.state === 'waiting' && nowMs - last.atMs < UNDO_MS ? last : null;
};

/** What leaves now: everything that waits, the last one only when it cannot be taken back any more. */
export function toSend(jotted: readonly Jotted[], nowMs: number): Jotted[] {
  const open = undoable(jotted, nowMs);
  return jotted.filter((one) => one.state === 'waiting' && one !== open).slice(0, AT_ONCE);
}

export function answered(jotted: readonly Jotted[], answers: readonly CommandAnswer[], nowMs: number): Jotted[] {
  const byId = new Map(answers.map((answer) => [answer.clientId, answer]));
  return jotted.map((one) => {
    const answer = byId.get(one.id);
    if (!answer || answer.state === 'waiting') return one;
    const rejected = answer.state === 'rejected';
    const refusal = rejected ? { code: answer.problem!.code, words: answer.problem!.detail } : null;
    return { ...one, state: rejected ? 'rejected' : 'delivered', settledAtMs: nowMs, refusal };
  });
}

/** Delivered ones are forgotten after a day, refused ones when somebody has read them. */
export const stillKept = (one: Jotted, nowMs: number): boolean =>
  one.state !== 'delivered' || nowMs - (one.settledAtMs ?? nowMs) < KEPT_MS;

export const commandOf = ({ id, countId, lineId, units, atMs }: Jotted, clockOffsetMs: number) => {
  const at = new Date(atMs).toISOString();
  return { clientId: id, kind: 'count-line', occurredAt: at, recordedAt: at, clockOffsetMs, body: { countId, lineId, units } }; // prettier-ignore
};
