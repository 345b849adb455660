import type { CommandAnswer, CommandKind, Proposal } from '../../../../src/relief-stock/offline/command.dto.js';

/** What somebody did without network, as this device keeps it. Its id is the client id under which the server takes it once. */
export type StockAct = {
  id: string;
  /** Whose act it is: it is sent in that name alone, whoever is signed in on the device by then. */
  userId: string;
  userName: string;
  kind: CommandKind;
  body: Record<string, unknown>;
  /** What was done, in words: nobody can look it up without network. */
  label: string;
  /** Where it was done, e.g. `keeper/bin-moves`, and what was typed there, by the name of its draft: for doing it differently. */
  page: string;
  draft: { name: string; values: object } | null;
  /** The one lot that it moves, so that a refusal can show what others did with it. */
  lotId?: string;
  /** By this device's clock. */
  atMs: number;
  /** What must be added to this device's clock; fixed when the act first leaves, because the same act must be told the same way. */
  clockOffsetMs: number | null;
  state: 'waiting' | 'delivered' | 'refused' | 'discarded';
  settledAtMs: number | null;
  refusal: { code: string; words: string } | null;
  proposal: Proposal | null;
  /** Why it was given up. */
  reason: string | null;
};

/** The last count may be taken back as long as nothing was done after it, for this long. */
export const UNDO_MS = 6000;
/** What the server has, or somebody gave up, is shown this long; what is refused as long as nobody has decided. */
export const KEPT_MS = 24 * 3600_000;
/** As many as the server takes at once. */
export const AT_ONCE = 200;

export const inOrder = (acts: readonly StockAct[]): StockAct[] =>
  [...acts].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));

/** The moment of a new act: later than every one before it, so that the server sees the order of the hands. */
export const momentAfter = (acts: readonly StockAct[], nowMs: number): number =>
  acts.reduce((latest, { atMs }) => Math.max(latest, atMs + 1), nowMs);

/** The count that can still be taken back. */
export function undoable(acts: readonly StockAct[], userId: string, nowMs: number): StockAct | null {
  const last = inOrder(acts.filter((act) => act.userId === userId)).at(-1);
  return last?.kind === 'count-line' && last.state === 'waiting' && nowMs - last.atMs < UNDO_MS ? last : null;
}

/** What leaves now: this person's acts that wait, in the order in which they were done; what can be taken back stays. */
export function toSend(acts: readonly StockAct[], userId: string, nowMs: number): StockAct[] {
  const open = undoable(acts, userId, nowMs);
  const own = acts.filter((act) => act.userId === userId && act.state === 'waiting' && act !== open);
  return inOrder(own).slice(0, AT_ONCE);
}

/** An act as the server takes it. */
export function commandOf({ id, kind, body, atMs, clockOffsetMs, label }: StockAct) {
  const at = new Date(atMs).toISOString();
  return { clientId: id, kind, occurredAt: at, recordedAt: at, clockOffsetMs: clockOffsetMs ?? 0, body, seen: { label: label.slice(0, 200) } }; // prettier-ignore
}

/** An act after the server spoke. What it keeps waiting stays here too; what a person decided meanwhile stands. */
export function answered(act: StockAct, answer: CommandAnswer | undefined, nowMs: number): StockAct {
  if (!answer || answer.state === 'waiting' || act.state === 'delivered' || act.state === 'discarded') return act;
  if (answer.state !== 'rejected') return { ...act, state: 'delivered', settledAtMs: nowMs, refusal: null };
  const { code, detail } = answer.problem!;
  return { ...act, state: 'refused', settledAtMs: nowMs, refusal: { code, words: detail }, proposal: answer.proposal };
}

/** The server could not even read it: that is a refusal as well, and stays in sight. */
export const unreadable = (act: StockAct, problem: { code: string; words: string }, nowMs: number): StockAct => ({
  ...act, state: 'refused', settledAtMs: nowMs, refusal: { code: problem.code, words: problem.words }, proposal: null,
}); // prettier-ignore

export type Decision = 'again' | 'proposed' | 'change' | 'discard';
/** What a person can do about a refused act. */
export const decisionsOf = (act: Pick<StockAct, 'state' | 'proposal'>): Decision[] =>
  act.state !== 'refused' ? [] : [...(act.proposal ? (['proposed'] as const) : []), 'again', 'change', 'discard'];

/** The paper whose step an act is; null when it is none. */
export const paperIdOf = ({ body }: Pick<StockAct, 'body'>): string | null =>
  ((body.issueId ?? body.transferId ?? body.orderId) as string | undefined) ?? null;

/** Refused acts that one decision settles: the steps of one paper that the server refused for one reason, in their order. */
export function forOneDecision(refused: readonly StockAct[]): StockAct[][] {
  const groups = new Map<string, StockAct[]>();
  for (const act of refused) {
    const paperId = paperIdOf(act);
    const key = paperId === null ? act.id : `${paperId} ${act.refusal?.code}`;
    groups.set(key, [...(groups.get(key) ?? []), act]);
  }
  return [...groups.values()];
}

/** It is to be sent once more, as it was. */
export const again = (act: StockAct): StockAct =>
  act.state === 'refused' ? { ...act, state: 'waiting', settledAtMs: null, refusal: null, proposal: null } : act;
/** A person settled it at the server: carried out as proposed, or given up with a reason. */
export const settled = (act: StockAct, how: 'corrected' | 'dropped', reason: string, nowMs: number): StockAct =>
  act.state !== 'refused' ? act : { ...act, state: how === 'corrected' ? 'delivered' : 'discarded', settledAtMs: nowMs, reason: reason || null }; // prettier-ignore

/** Nothing that waits or was refused is ever forgotten by itself. */
export const stillKept = (act: StockAct, nowMs: number): boolean =>
  act.state === 'waiting' || act.state === 'refused' || nowMs - (act.settledAtMs ?? nowMs) < KEPT_MS;

export type Tally = { waiting: number; refused: number };
/** How many acts wait, and how many decisions the refused ones ask for. */
export const tallyOf = (acts: readonly StockAct[], userId: string): Tally => {
  const of = (wanted: StockAct['state']) => acts.filter((act) => act.userId === userId && act.state === wanted);
  return { waiting: of('waiting').length, refused: forOneDecision(of('refused')).length };
};

/** Others whose acts lie on this device and wait for them to sign in. */
export function othersOf(acts: readonly StockAct[], userId: string): { name: string; count: number }[] {
  const counts = new Map<string, { name: string; count: number }>();
  for (const act of acts) {
    if (act.userId === userId || (act.state !== 'waiting' && act.state !== 'refused')) continue;
    counts.set(act.userId, { name: act.userName, count: (counts.get(act.userId)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}
