import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { whatHappened } from '../../../../src/alerts/message-text.rules.js';
import { hourMinute } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { elapsedText } from '../../live/ageing.rules.js';
import { useNow } from '../../live/clock.js';
import { AnswerPanel } from './AnswerPanel.js';
import { AnswerState } from './AnswerState.js';
import { asksForPeople, viewOf } from './face.rules.js';
import { DutyRoomCall } from './DutyRoomCall.js';
import { offersCall } from './sos/sos.rules.js';
import type { AlertFace, View } from './face.rules.js';
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
  /** Where the unit stands and its next step, for who said yes. */
  progress?: (view: View) => ReactNode;
  /** Calling for help, for somebody who is out. */
  help?: ReactNode;
};

/** One alert, full screen, for a person who has just been woken: one question, two buttons (S10). */
export function AlertScreen({ face, about, path, top, after, progress, help }: Props) {
  const sendings = useSendings(about);
  const view = viewOf(face, sendings);
  const asking = view.name === 'ask' || view.name === 'refused';
  const ringing = view.name === 'ask';
  useEffect(() => {
    if (!ringing) return;
    startSiren(face.severity);
    return stopSiren;
  }, [ringing, face.severity, about]);
  const offered = offersCall(view, asksForPeople(face.kind));
  const going = (offered && progress?.(view)) || null;
  // What is settled makes room for the next step; what is not stays in sight.
  const settled = going !== null && (view.name === 'sent' || (view.name === 'answered' && !view.late));
  const answerState = <AnswerState view={view} face={face} after={after} />;
  const grave = face.severity === 'I' || face.severity === 'II';
  return (
    <main className={`alert-screen${ringing && grave ? ' calling' : ''}${face.exercise ? ' drill' : ''}`}>
      {top}
      <Head face={face} />
      {going}
      <Clocks face={face} asking={asking} />
      <Place placeText={face.placeText} location={face.location} />
      {face.message && (
        <section className="alert-message" aria-label={t('phone.message')}>
          <h2>{t('phone.message')}</h2>
          <p>{face.message}</p>
        </section>
      )}
      {settled && answerState}
      <div className="alert-foot">
        {!settled && answerState}
        {asking && <AnswerPanel face={face} about={about} path={path} />}
        {offered && help}
        {face.dutyPhone && <DutyRoomCall phone={face.dutyPhone} urgent={view.name === 'unsent'} />}
      </div>
    </main>
  );
}

/** The kind of an incident in a word; nothing where that tells nothing, or is not known. */
const kindText = (kind: string): string => (kind === '' || kind === 'other' ? '' : t(`phone.incident.${kind}`));

/** How grave, for whom, what happened, and how many are wanted. */
function Head({ face }: { face: AlertFace }) {
  return (
    <>
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
        {whatHappened(face.title, kindText(face.incidentKind), (kind, title) => t('phone.what', { kind, title }))}
      </h1>
      {face.headcount !== null && <p className="alert-people">{t('phone.people-wanted', { count: face.headcount })}</p>}
    </>
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
