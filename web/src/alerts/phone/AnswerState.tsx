import type { ReactNode } from 'react';
import type { AnswerDto } from '../../../../src/alerts/alerts.dto.js';
import { hourMinute } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { serverNow, useNow } from '../../live/clock.js';
import { asksForPeople } from './face.rules.js';
import type { AlertFace, View } from './face.rules.js';
import { sendNow } from './outbox.js';
import type { Sending } from './outbox.rules.js';

type Answer = Pick<AnswerDto, 'answer' | 'minutes' | 'headcount' | 'reason'>;
const SIGNS: Record<string, string> = { accept: '✓', decline: '✕', delay: '◷', conditions: '…' };

/** What became of the answer: on its way, delivered, given by somebody else, too late. */
export function AnswerState({ view, face, after }: { view: View; face: AlertFace; after?: ReactNode }) {
  const notice = !asksForPeople(face.kind);
  if (view.name === 'ask') return null;
  if (view.name === 'refused') return <Refused sending={view.sending} />;
  if (view.name === 'unsent') return <Unsent sending={view.sending} notice={notice} />;
  if (view.name === 'closed') {
    return (
      <>
        {view.late && <Refused sending={view.late} />}
        <section className="state" role="status">
          <p className="state-head">
            <span aria-hidden="true">■</span> {t('phone.closed')}
          </p>
          <p>{t(`phone.done.${view.reason}`)}</p>
        </section>
      </>
    );
  }
  const answer: Answer = view.name === 'sent' ? bodyOf(view.sending) : view.answer;
  const at = view.name === 'sent' ? view.sending.settledAtMs! + (serverNow() - Date.now()) : view.answer.receivedAt;
  return (
    <>
      {view.name === 'answered' && view.late && <Refused sending={view.late} />}
      <section className={`state ${answer.answer === 'accept' ? 'good' : ''}`} role="status">
        <AnswerHead answer={answer} notice={notice} />
        {view.name === 'answered' && (
          <p>
            {t(view.answer.onBehalfOf ? 'phone.answered-for' : 'phone.answered-by', {
              name: view.answer.byName,
              whose: view.answer.onBehalfOf,
            })}
          </p>
        )}
        <p className="numeric">
          <span aria-hidden="true">●</span> {t('phone.delivered', { time: hourMinute(at) })}
        </p>
      </section>
      {after}
    </>
  );
}

function AnswerHead({ answer, notice }: { answer: Answer; notice: boolean }) {
  const promise = [
    answer.minutes !== null && t('phone.minutes', { minutes: answer.minutes }),
    answer.headcount !== null && t('phone.people', { count: answer.headcount }),
    answer.reason,
  ].filter(Boolean);
  return (
    <>
      <p className="state-head">
        <span aria-hidden="true">{SIGNS[answer.answer]}</span>{' '}
        {t(notice ? 'phone.noted' : `phone.answer.${answer.answer}`)}
      </p>
      {promise.length > 0 && <p>{promise.join(' · ')}</p>}
    </>
  );
}

const bodyOf = ({ body }: Sending): Answer => ({
  answer: body.answer as Answer['answer'],
  minutes: (body.minutes as number | undefined) ?? null,
  headcount: (body.headcount as number | undefined) ?? null,
  reason: (body.reason as string | undefined) ?? null,
});

/** How long a first try may take before it is called undelivered. */
const FIRST_TRY_MS = 3000;

/** The person believes to have answered, so this must be impossible to overlook. */
function Unsent({ sending, notice }: { sending: Sending; notice: boolean }) {
  useNow();
  const waitS = Math.max(0, Math.ceil((sending.nextTryAtMs - Date.now()) / 1000));
  const late = sending.tries > 0 || Date.now() - sending.writtenAtMs > FIRST_TRY_MS;
  if (!late) {
    return (
      <section className="state" role="status">
        <AnswerHead answer={bodyOf(sending)} notice={notice} />
        <p>{t('phone.retrying')}</p>
      </section>
    );
  }
  return (
    <section className="state unsent" role="status">
      <AnswerHead answer={bodyOf(sending)} notice={notice} />
      <p className="state-head unsent-head">
        <span aria-hidden="true">▲</span> {t('phone.unsent')}
      </p>
      <p className="numeric">{waitS > 0 ? t('phone.retry-in', { seconds: waitS }) : t('phone.retrying')}</p>
      <p>{t('phone.unsent-hint')}</p>
      <button type="button" className="button" onClick={sendNow}>
        {t('phone.retry-now')}
      </button>
    </section>
  );
}

function Refused({ sending }: { sending: Sending }) {
  return (
    <section className="state refused" role="alert">
      <p className="state-head">
        <span aria-hidden="true">!</span> {t('phone.refused')}
      </p>
      <p>{sending.refusal?.words}</p>
    </section>
  );
}
