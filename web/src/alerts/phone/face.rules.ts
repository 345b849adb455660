import type { AlertDto, AnswerDto, LinkedAlertDto } from '../../../../src/alerts/alerts.dto.js';
import type { Sending } from './outbox.rules.js';

/** What the full screen shows, whether it came by a one-time link or by a signed-in leader's list. */
export type AlertFace = Pick<
  LinkedAlertDto,
  'kind' | 'severity'
  | 'exercise' | 'placeText' | 'location' | 'message' | 'raisedAt' | 'nextDueAt' | 'doneReason' | 'teamName' | 'unitCode'
> & { title: string; incidentKind: string; headcount: number | null; personName: string; answered: AnswerDto | null; dutyPhone: string | null }; // prettier-ignore

export const faceOfLink = (alert: LinkedAlertDto): AlertFace => ({
  ...alert,
  title: alert.incidentTitle,
  // A memory of before these were told has neither.
  incidentKind: alert.incidentKind ?? '',
  headcount: alert.headcount ?? null,
});

export function faceOfAlert(
  alert: AlertDto,
  known: {
    title: string;
    incidentKind: string;
    headcount: number | null;
    dutyPhone: string | null;
    personName: string;
  },
): AlertFace {
  return { ...alert, ...known, answered: alert.doneReason === 'answered' ? (alert.answers.at(-1) ?? null) : null };
}

/** An order to go or to come asks for yes or no; a notice asks only to be read. */
export const asksForPeople = (kind: AlertFace['kind']): boolean => kind === 'deploy' || kind === 'duty-call';

export type View =
  | { name: 'ask' }
  | { name: 'unsent'; sending: Sending }
  | { name: 'sent'; sending: Sending }
  | { name: 'answered'; answer: AnswerDto; late: Sending | null }
  | { name: 'closed'; reason: NonNullable<AlertFace['doneReason']>; late: Sending | null }
  | { name: 'refused'; sending: Sending };

/**
 * One state out of what the server knows and what this phone has said. The server's word wins, except over an answer that is
 * still on its way: that one stays on screen as undelivered, because the person believes to have answered.
 */
export function viewOf(face: Pick<AlertFace, 'answered' | 'doneReason'>, sendings: readonly Sending[]): View {
  const mine = sendings.at(-1);
  if (mine?.state === 'waiting') return { name: 'unsent', sending: mine };
  const late = mine?.state === 'refused' ? mine : null;
  if (face.answered) return { name: 'answered', answer: face.answered, late };
  if (mine?.state === 'delivered') return { name: 'sent', sending: mine };
  if (face.doneReason) return { name: 'closed', reason: face.doneReason, late };
  if (late) return { name: 'refused', sending: late };
  return { name: 'ask' };
}

/** Five decimals are about one metre: what a radio or a map search takes. */
export const coordinatesText = ({ lon, lat }: { lon: number; lat: number }): string =>
  `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
