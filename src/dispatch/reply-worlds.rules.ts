/** What a drill may have to do with words from a number. */
export interface DrillTexts {
  number: number;
  /** It runs, can take the words, and is known to have written to the number. */
  open: boolean;
  /** When its first message of those that may still be answered left, by the clock of the server; null when that is not known. */
  firstAt: Date | null;
  /** When it ended: who was alerted in reality after that answers reality. */
  endedAt: Date | null;
}
/** What reality waits for from the number: `asked` an answer, and since when; `out` its team is on its way. */
export interface OurClaim {
  askedAt: Date | null;
  out: boolean;
}
export type World = { drill: number } | { drill: null; drillToo: boolean };

/** Clocks of providers differ from ours by less than this. Our own figure. */
const SKEW_MS = 60_000;

/**
 * Which world words from outside belong to; `named`: the drill whose name stands in them. A drill's are those that name it, and those of a number to which it wrote, alone, and of which
 * reality waits for nothing. Where both may be meant they stay in reality for a person (`drillToo`): they move nothing by themselves.
 */
export function worldOfWords(
  { named: name, sentAt }: { named: number | null; sentAt: Date },
  { drills, ours }: { drills: readonly DrillTexts[]; ours: OurClaim },
): World {
  const { askedAt } = ours;
  const wrote = drills.filter(
    ({ firstAt, endedAt }) =>
      (firstAt === null || sentAt.getTime() >= firstAt.getTime() - SKEW_MS) &&
      !(endedAt && askedAt && askedAt >= endedAt),
  );
  const [only] = wrote;
  if (!only) return { drill: null, drillToo: false };
  const named = wrote.find(({ open, number }) => open && number === name);
  if (named) return { drill: named.number };
  const sure = wrote.length === 1 && only.open && name === null && askedAt === null && !ours.out;
  return sure ? { drill: only.number } : { drill: null, drillToo: true };
}
