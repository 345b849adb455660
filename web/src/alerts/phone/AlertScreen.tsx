import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { hourMinute } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { elapsedText } from '../../live/ageing.rules.js';
import { useNow } from '../../live/clock.js';
import { AnswerPanel } from './AnswerPanel.js';
import { AnswerState } from './AnswerState.js';
import { asksForPeople, viewOf } from './face.rules.js';
import { DutyRoomCall } from './DutyRoomCall.js';
import { offersCall } from './sos/sos.rules.js';
import type { AlertFace } from './face.rules.js';
import { useSendings } from './outbox.js';
import { Place } from './Place.js';
import { SeverityMark } from './SeverityMark.js';
import { startSiren, stopSiren } from './siren.js';

type Props = {
  face: AlertFace;
  /** What the answer is filed under, and the address it goes to. */
  about: string;
  path: string;
  /** Above everything: link state, way back. */
  top?: ReactNode;
  /** What comes after an answer was given. */
  after?: ReactNode;
  /** Calling for help, for somebody who is out. */
  help?: ReactNode;
};

/** One alert, full screen, for a person who has just been woken: one question, two buttons (S10). */
export function AlertScreen({ face, about, path, top, after, help }: Props) {
  const sendings = useSendings(about);
  const view = viewOf(face, sendings);
  const asking = view.name === 'ask' || view.name === 'refused';
  const ringing = view.name === 'ask';
  useEffect(() => {
    if (!ringing) return;
    startSiren(face.severity);
    return stopSiren;
  }, [ringing, face.severity, about]);
  const grave = face.severity === 'I' || face.severity === 'II';
  return (
    <main className={`alert-screen${ringing && grave ? ' calling' : ''}${face.exercise ? ' drill' : ''}`}>
      {top}
      <header className="alert-head">
        <SeverityMark severity={face.severity} />
        <div>
          <p className="alert-kind">{t(`phone.kind.${face.kind}`)}</p>
          <p className="quiet">
            {face.teamName} <span className="unit-code">{face.unitCode}</span>
            {face.personName && ` · ${face.personName}`}
          </p>
        </div>
      </header>
      <h1 className="alert-title">
        {face.exercise && <span className="drill-mark">{t('phone.drill')}</span>}
        {face.title}
      </h1>
      <Clocks face={face} asking={asking} />
      <Place placeText={face.placeText} location={face.location} />
      {face.message && (
        <section className="alert-message" aria-label={t('phone.message')}>
          <h2>{t('phone.message')}</h2>
          <p>{face.message}</p>
        </section>
      )}
      <div className="alert-foot">
        <AnswerState view={view} face={face} after={after} />
        {asking && <AnswerPanel face={face} about={about} path={path} />}
        {offersCall(view, asksForPeople(face.kind)) && help}
        {face.dutyPhone && <DutyRoomCall phone={face.dutyPhone} urgent={view.name === 'unsent'} />}
      </div>
    </main>
  );
}

/** Since when, and how long until the next person is called (C-06, C-07). */
function Clocks({ face, asking }: { face: AlertFace; asking: boolean }) {
  const nowMs = useNow();
  const leftMs = face.nextDueAt ? Date.parse(face.nextDueAt) - nowMs : null;
  return (
    <dl className="alert-clocks">
      <div>
        <dt>{t('phone.raised', { time: hourMinute(face.raisedAt) })}</dt>
        <dd className="numeric">
          <time dateTime={face.raisedAt}>{elapsedText(nowMs - Date.parse(face.raisedAt))}</time>
        </dd>
      </div>
      {asking && leftMs !== null && (
        <div className={leftMs < 60_000 ? 'pressing' : ''}>
          <dt>{t(leftMs > 0 ? 'phone.next-in' : 'phone.next-now')}</dt>
          <dd className="numeric">
            <time dateTime={face.nextDueAt!}>{elapsedText(leftMs)}</time>
          </dd>
        </div>
      )}
    </dl>
  );
}
