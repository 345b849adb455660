import { t } from '../../i18n/i18n.js';
import { type Standing, statusAfter, stepOf } from './next-step.rules.js';
import { useSendings } from './outbox.js';
import { NextStep, StatusLine, StepsSaid } from './Progress.js';

/** Where the unit stands and ONE big button for the next step, for who said yes by this link: nobody signs in on the road. */
export function LinkProgress({ token, unit }: { token: string; unit: Standing }) {
  const about = `link/${token}/progress`;
  const sendings = useSendings(about);
  const waiting = sendings.filter(({ state }) => state === 'waiting');
  const status = statusAfter(unit.status, waiting.map(stepOf));
  const since = (waiting.at(-1)?.body.occurredAt as string | undefined) ?? unit.statusSince;
  const path = `/alert-links/${encodeURIComponent(token)}/progress`;
  return (
    <section className="link-progress" aria-label={t('phone.progress')}>
      <StatusLine status={status} since={since} />
      <StepsSaid sendings={sendings} />
      {unit.mayStep && (
        <NextStep
          key={status}
          unit={unit}
          status={status}
          about={about}
          way={(step, id) => ({ path, more: { id, step } })}
          sendings={sendings}
        />
      )}
    </section>
  );
}
