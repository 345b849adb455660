import { useState } from 'react';
import { t } from '../../i18n/i18n.js';
import { serverNow } from '../../live/clock.js';
import { newId } from '../../api/ids.js';
import { asksForPeople } from './face.rules.js';
import type { AlertFace } from './face.rules.js';
import { send } from './outbox.js';
import { OwnWords } from './OwnWords.js';
import { Stepper } from './Stepper.js';

/** Shown before the first press and sent with it: what a county team usually needs to be at its meeting point. */
const USUAL_MINUTES = 30;
const USUAL_HEADCOUNT = 6;
const REASONS = ['away', 'ill', 'work', 'family', 'road'] as const;

type Props = { face: AlertFace; about: string; path: string };

export function AnswerPanel({ face, about, path }: Props) {
  const [declining, setDeclining] = useState(false);
  const answer = (content: Record<string, unknown>) => {
    const id = newId();
    const at = new Date(serverNow()).toISOString();
    send(about, path, { id, ...content, occurredAt: at, recordedAt: at }, id);
  };
  if (!asksForPeople(face.kind)) {
    return (
      <div className="answers">
        <button type="button" className="button answer accept" onClick={() => answer({ answer: 'accept' })}>
          {t('phone.noted')}
        </button>
      </div>
    );
  }
  if (declining)
    return <Declining decline={(reason) => answer({ answer: 'decline', reason })} back={() => setDeclining(false)} />;
  return (
    <Accepting
      asked={face.headcount}
      accept={(promise) => answer({ answer: 'accept', ...promise })}
      decline={() => setDeclining(true)}
    />
  );
}

type AcceptingProps = {
  /** People that are wanted, where that is known. */
  asked: number | null;
  accept: (promise: Promised) => void;
  decline: () => void;
};
type Promised = { minutes: number; headcount?: number };

/** One press is enough; the two figures stand on the button, so nothing is promised unseen. */
function Accepting({ asked, accept, decline }: AcceptingProps) {
  const [minutes, setMinutes] = useState(USUAL_MINUTES);
  const [headcount, setHeadcount] = useState<number | null>(null);
  const asAsked = asked === null ? t('phone.as-asked') : t('phone.as-asked-people', { count: asked });
  const people = headcount === null ? asAsked : t('phone.people', { count: headcount });
  return (
    <>
      <div className="steppers">
        <Stepper
          label={t('phone.minutes-label')}
          value={minutes}
          words={(value) => t('phone.minutes', { minutes: value })}
          start={USUAL_MINUTES}
          min={10}
          max={240}
          step={10}
          choose={setMinutes}
        />
        <Stepper
          label={t('phone.headcount-label')}
          value={headcount}
          none={asAsked}
          words={(value) => t('phone.people', { count: value })}
          start={asked ?? USUAL_HEADCOUNT}
          min={1}
          max={200}
          choose={setHeadcount}
        />
      </div>
      <div className="answers">
        <button
          type="button"
          className="button answer accept"
          onClick={() => accept({ minutes, ...(headcount === null ? {} : { headcount }) })}
        >
          <span aria-hidden="true">✓</span>
          <span>
            {t('phone.accept')}
            <small>{t('phone.promise', { minutes, people })}</small>
          </span>
        </button>
        <button type="button" className="button answer decline" onClick={decline}>
          <span aria-hidden="true">✕</span>
          {t('phone.decline')}
        </button>
      </div>
    </>
  );
}

/** A reason is one press; only a reason of one's own is typed. */
function Declining({ decline, back }: { decline: (reason: string) => void; back: () => void }) {
  return (
    <section className="declining" aria-labelledby="declining-title">
      <h2 id="declining-title">{t('phone.why-not')}</h2>
      {REASONS.map((reason) => (
        <button
          key={reason}
          type="button"
          className="button reason"
          onClick={() => decline(t(`phone.reason.${reason}`))}
        >
          {t(`phone.reason.${reason}`)}
        </button>
      ))}
      <OwnWords label={t('phone.own-reason')} say={decline} />
      <button type="button" className="button bare" onClick={back}>
        {t('phone.back')}
      </button>
    </section>
  );
}
