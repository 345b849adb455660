import { useEffect, useState } from 'react';
import type { AssignmentStatus } from '../../../../src/dispatch/dispatch.dto.js';
import { newId } from '../../api/ids.js';
import { hourMinute } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { elapsedText } from '../../live/ageing.rules.js';
import { serverNow, useNow } from '../../live/clock.js';
import { choicesAt, countsHeads, stepOf } from './next-step.rules.js';
import type { LeaderStep, Standing } from './next-step.rules.js';
import { dismiss, send, sendNow } from './outbox.js';
import type { Sending } from './outbox.rules.js';
import { Stepper } from './Stepper.js';

/** After a step the button rests, so a second knock in the pocket does not take the next one. */
const REST_MS = 3000;
const STATUS_SIGNS: Record<string, string> = {
  alerted: '◔', accepted: '✓', assembling: '⚑', departed: '▶', 'on-scene': '◆', working: '⚒', resting: '☾', released: '◁',
  returning: '◀', closed: '■',
}; // prettier-ignore

/** Where the unit stands, and since when. */
export function StatusLine({ status, since }: { status: AssignmentStatus; since: string }) {
  const nowMs = useNow();
  return (
    <p className="status">
      <span aria-hidden="true" className="status-sign">
        {STATUS_SIGNS[status] ?? '●'}
      </span>
      <b>{t(`phone.status.${status}`)}</b>
      <time className="numeric" dateTime={since}>
        {hourMinute(since)} · {elapsedText(nowMs - Date.parse(since))}
      </time>
    </p>
  );
}

type NextProps = {
  unit: Pick<Standing, 'headcount' | 'promisedHeadcount' | 'actualHeadcount' | 'named'>;
  status: AssignmentStatus;
  about: string;
  /** Where a step goes, and what goes with it. */
  way: (step: LeaderStep, id: string) => { path: string; more: object };
  sendings: readonly Sending[];
};

/** ONE big button for the next step, and the others that are possible. */
export function NextStep({ unit, status, about, way, sendings }: NextProps) {
  const restsUntilMs = (sendings.at(-1)?.writtenAtMs ?? 0) + REST_MS;
  const expected = unit.actualHeadcount ?? unit.promisedHeadcount ?? unit.headcount;
  const [headcount, setHeadcount] = useState(Math.max(1, expected));
  const [resting, setResting] = useState(() => Date.now() < restsUntilMs);
  useEffect(() => {
    if (!resting) return;
    const timer = window.setTimeout(() => setResting(false), restsUntilMs - Date.now());
    return () => window.clearTimeout(timer);
  }, [resting, restsUntilMs]);
  const choice = choicesAt(status);
  if (!choice) return null;
  const take = (step: LeaderStep) => {
    const id = newId();
    const at = new Date(serverNow()).toISOString();
    const { path, more } = way(step, id);
    const heads = countsHeads(step) && !unit.named ? { headcount } : {};
    send(about, path, { ...more, ...heads, occurredAt: at, recordedAt: at }, id);
  };
  return (
    <>
      {countsHeads(choice.main) && !unit.named && (
        <Stepper
          label={t('phone.heads-there')}
          value={headcount}
          words={(value) => t('phone.people', { count: value })}
          start={headcount}
          min={1}
          max={2000}
          choose={setHeadcount}
        />
      )}
      <button type="button" className="button next" disabled={resting} onClick={() => take(choice.main)}>
        {t(`phone.step.${choice.main}`)}
      </button>
      {choice.others.length > 0 && (
        <div className="other-steps">
          {choice.others.map((step) => (
            <button key={step} type="button" className="button" disabled={resting} onClick={() => take(step)}>
              {t(`phone.step.${step}`)}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

/** Steps that were pressed and not heard, or not accepted. */
export function StepsSaid({ sendings }: { sendings: readonly Sending[] }) {
  const waiting = sendings.filter(({ state }) => state === 'waiting');
  const refused = sendings.filter(({ state }) => state === 'refused');
  return (
    <>
      {waiting.length > 0 && (
        <div className="state unsent" role="status">
          <p>
            <span aria-hidden="true">▲</span>{' '}
            {t('phone.steps-unsent', { steps: waiting.map((one) => t(`phone.step.${stepOf(one)}`)).join(' → ') })}
          </p>
          {waiting.some(({ tries }) => tries > 0) && (
            <button type="button" className="button" onClick={sendNow}>
              {t('phone.retry-now')}
            </button>
          )}
        </div>
      )}
      {refused.map((sending) => (
        <div key={sending.id} className="state refused" role="alert">
          <p>
            {t('phone.step-refused', { step: t(`phone.step.${stepOf(sending)}`) })} {sending.refusal?.words}
          </p>
          <button type="button" className="button" onClick={() => dismiss(sending.id)}>
            {t('phone.understood')}
          </button>
        </div>
      ))}
    </>
  );
}
