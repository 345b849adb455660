import { useEffect, useRef, useState } from 'react';
import { t } from '../../../i18n/i18n.js';
import { useMeant } from '../../../parts/use-meant.js';
import { fullness } from './sos.rules.js';
import { useHold } from './use-hold.js';

const RADIUS = 24;
const LENGTH = 2 * Math.PI * RADIUS;

/** Held for two seconds it calls; let go before, it does not. Who cannot hold has two presses instead. */
export function HoldButton({ again, call }: { again: boolean; call: () => void }) {
  const [early, setEarly] = useState(false);
  const [asking, setAsking] = useState(false);
  const meant = useMeant();
  const done = () => {
    setEarly(false);
    setAsking(false);
    if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.([300, 100, 300]);
    call();
  };
  const { heldMs, begin } = useHold(done, () => setEarly(true));
  const holding = heldMs !== null;
  if (asking) return <TwoSteps confirm={done} back={() => setAsking(false)} />;
  return (
    <div className="sos-hold">
      <button
        type="button"
        className={`button sos${holding ? ' holding' : ''}`}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          setEarly(false);
          begin(event.timeStamp);
        }}
        onContextMenu={(event) => event.preventDefault()}
        // A keyboard and a screen reader press without a pointer: they get the two steps.
        onClick={(event) => event.detail === 0 && setAsking(true)}
      >
        <Ring part={fullness(heldMs ?? 0)} />
        <span>
          {t(again ? 'phone.sos.again' : 'phone.sos')}
          <small>{t(holding ? 'phone.sos.keep-on' : 'phone.sos.hold')}</small>
        </span>
      </button>
      {early && (
        <p className="sos-early" role="status">
          {t('phone.sos.early')}
        </p>
      )}
      <button type="button" className="button bare sos-other" onClick={meant(() => setAsking(true))}>
        {t('phone.sos.cannot-hold')}
      </button>
    </div>
  );
}

/** Fills while the button is held. */
const Ring = ({ part }: { part: number }) => (
  <svg className="sos-ring" viewBox="0 0 56 56" aria-hidden="true" data-full={Math.round(part * 100)}>
    <circle cx="28" cy="28" r={RADIUS} />
    <circle cx="28" cy="28" r={RADIUS} strokeDasharray={LENGTH} strokeDashoffset={LENGTH * (1 - part)} />
    <text x="28" y="33" textAnchor="middle">
      SOS
    </text>
  </svg>
);

/** The question has the focus, not its yes: an Enter that is held down would answer it. */
function TwoSteps({ confirm, back }: { confirm: () => void; back: () => void }) {
  const question = useRef<HTMLDivElement>(null);
  const meant = useMeant();
  useEffect(() => question.current?.focus(), []);
  return (
    <div ref={question} className="sos-steps" role="group" tabIndex={-1} aria-label={t('phone.sos.really')}>
      <p>
        <b>{t('phone.sos.really')}</b>
      </p>
      <button type="button" className="button sos" onClick={meant(confirm)}>
        {t('phone.sos.confirm')}
      </button>
      <button type="button" className="button" onClick={meant(back)}>
        {t('phone.sos.back')}
      </button>
    </div>
  );
}
