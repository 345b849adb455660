import { sentence } from '../../shared/i18n.js';
import type { AlertDto } from '../alerts.dto.js';
import type { AlertRow } from '../alerts.store.js';
import { wantsAnswer } from '../run.rules.js';

/** WeCom takes 2048 bytes of text, the least of the three. */
const MOST_BYTES = 2000;
/** Notices that a merged message tells in full; of the others it says how many there are. */
const TOLD_IN_FULL = 5;

const say = (key: string, params: Record<string, string | number> = {}) =>
  sentence('zh-CN', `group-text.${key}`, params);
const hourMinute = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);

/** What moved on in a run, as far as a group is told of it. */
export type NoticeKind = 'raised' | 'moved-on' | 'answered' | 'exhausted';

/** Incident, severity, unit, who is waited for. No link and no words of people: a group has more readers than the alert. */
export function noticeWords(kind: NoticeKind, alert: AlertRow, run: AlertDto, now: Date): string {
  const { incidentTitle, placeText, severity, teamName, unitCode } = alert;
  const where = incidentTitle.includes(placeText) ? incidentTitle : say('where', { incidentTitle, placeText });
  const unit = [teamName, unitCode].filter((part) => part !== '').join(' ');
  const answer = kind === 'answered' ? run.answers.at(-1) : undefined;
  const parts = [
    say('head', { severity, what: kind === 'raised' ? say(`kind.${alert.kind}`) : say(kind), where }),
    unit === '' ? '' : say('unit', { unit }),
    answer ? say('answer', { answer: say(`answer.${answer.answer}`) }) : '',
    run.waitingFor !== null && run.doneReason === null && wantsAnswer(alert.kind) ? say('waiting', { who: run.waitingFor }) : '',
    say('at', { at: hourMinute(now) }),
  ]; // prettier-ignore
  return cut(parts.filter((part) => part !== '').join(say('comma')).replace(/\s+/g, ' '), MOST_BYTES / TOLD_IN_FULL - 20); // prettier-ignore
}

/** Several notices as one message: the first in full, of the others how many there are. */
export function messageOf(words: readonly string[]): string {
  if (words.length === 1) return words[0]!;
  const [told, more] = [words.slice(0, TOLD_IN_FULL), words.length - TOLD_IN_FULL];
  return cut([...told, ...(more > 0 ? [say('more', { n: more })] : [])].join('\n'), MOST_BYTES);
}

export const trialWords = (now: Date): string => say('trial', { at: hourMinute(now) });

/** So many bytes of it at most, whole characters only. */
function cut(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > mostBytes - 3) break;
    kept += character;
  }
  return `${kept}…`;
}
