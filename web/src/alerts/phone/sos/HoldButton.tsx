import { useEffect, useRef, useState } from 'react';
import { t } from '../../../i18n/i18n.js';
import { fullness, HOLD_MS } from './sos.rules.js';

const TICK_MS = 50;
const RADIUS = 24;
const LENGTH = 2 * Math.PI * RADIUS;

/** Held for two seconds it calls; let go before, it does not. Who cannot hold has two presses instead. */
export function HoldButton({ again, call }: { again: boolean; call: () => void }) {
  const [heldMs, setHeldMs] = useState<number | null>(null);
  const [early, setEarly] = useState(false);
  const [asking, setAsking] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  const holding = heldMs !== null;
  const stop = () => {
    window.clearInterval(timer.current);
    setHeldMs(null);
  };
  useEffect(() => {
    if (!holding) return;
    const letGo = () => {
      stop();
      setEarly(true);
    };
    // The finger may be anywhere by now; a page out of sight counts no seconds.
    const kinds = ['pointerup', 'pointercancel', 'blur'] as const;
    kinds.forEach((kind) => window.addEventListener(kind, letGo));
    document.addEventListener('visibilitychange', letGo);
    return () => {
      kinds.forEach((kind) => window.removeEventListener(kind, letGo));
      document.removeEventListener('visibilitychange', letGo);
    };
  }, [holding]);
  useEffect(() => () => window.clearInterval(timer.current), []);
  const done = () => {
    stop();
    setEarly(false);
    setAsking(false);
    if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.([300, 100, 300]);
    call();
  };
  const begin = () => {
    const startedAt = performance.now();
    setEarly(false);
    setHeldMs(0);
    window.clearInterval(timer.current);
    timer.current = window.setInterval(() => {
      const passed = performance.now() - startedAt;
      if (passed >= HOLD_MS) done();
      else setHeldMs(passed);
    }, TICK_MS);
  };
  if (asking) return <TwoSteps confirm={done} back={() => setAsking(false)} />;
  return (
    <div className="sos-hold">
      <button
        type="button"
        className={`button sos${holding ? ' holding' : ''}`}
        onPointerDown={(event) => event.button === 0 && begin()}
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
      <button type="button" className="button bare sos-other" onClick={() => setAsking(true)}>
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

function TwoSteps({ confirm, back }: { confirm: () => void; back: () => void }) {
  return (
    <div className="sos-steps" role="group" aria-label={t('phone.sos.really')}>
      <p>
        <b>{t('phone.sos.really')}</b>
      </p>
      <button type="button" className="button sos" autoFocus onClick={confirm}>
        {t('phone.sos.confirm')}
      </button>
      <button type="button" className="button" onClick={back}>
        {t('phone.sos.back')}
      </button>
    </div>
  );
}
