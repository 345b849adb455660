/** How late a step or a hand-over may be before the auditor says so. */
export const GRACE_S = 30;
/** The auditor looks this often. */
export const AUDIT_EVERY_MS = 10_000;
/** An auditor who has not looked for this long is silent himself: three looks and a half were missed. */
export const AUDITOR_SILENT_AFTER_MS = 35_000;

interface Fault {
  kind: string;
  subjectId: string;
  step: number;
}
const keyOf = ({ kind, subjectId, step }: Fault): string => `${kind} ${subjectId} ${step}`;

/** What is new and what is over, each cause once (D11). */
export function compareFaults<Open extends Fault, Found extends Fault>(
  open: Open[],
  found: Found[],
): { begun: Found[]; over: Open[] } {
  const [held, seen] = [new Set(open.map(keyOf)), new Map(found.map((fault) => [keyOf(fault), fault]))];
  return {
    begun: [...seen].filter(([key]) => !held.has(key)).map(([, fault]) => fault),
    over: open.filter((fault) => !seen.has(keyOf(fault))),
  };
}

/** Whether an auditor who last looked then can be relied on now. One who never looked cannot, nor one who looked in the future. */
export const isAuditorSilent = (lastAuditedAt: Date | null, now: Date): boolean =>
  lastAuditedAt === null || Math.abs(now.getTime() - lastAuditedAt.getTime()) > AUDITOR_SILENT_AFTER_MS;

/** Whether it is time to look again. A look in the future was before a clock was turned back. */
export const mustLook = (lastAuditedAt: Date | null, now: Date): boolean =>
  lastAuditedAt === null || Math.abs(now.getTime() - lastAuditedAt.getTime()) >= AUDIT_EVERY_MS;
