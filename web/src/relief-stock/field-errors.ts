import type { ProblemError } from '../api/http.js';
import { t, tCode } from '../i18n/i18n.js';

const faultsOf = (problem: ProblemError | null) => problem?.errors ?? [];

/** What the server said about one field (`lines/0/units`), in words; null when nothing. */
export function fieldWords(problem: ProblemError | null, field: string): string | null {
  const fault = faultsOf(problem).find(({ pointer }) => pointer === `/${field}`);
  return fault ? faultWords(fault.code) : null;
}

/** `refusal`: the server's own sentence, for codes of which this page has no words. */
export const faultWords = (code: string, refusal = ''): string =>
  tCode('keeper.fault.', code, {}, refusal || t('keeper.fault.invalid'));

/** The refusal for the foot of a form: null when every fault already stands at its field. */
export function withoutFieldErrors(problem: ProblemError | null, fields: readonly string[]): ProblemError | null {
  const faults = faultsOf(problem);
  const shown = faults.length > 0 && faults.every(({ pointer }) => fields.includes(pointer.slice(1)));
  return shown ? null : problem;
}
