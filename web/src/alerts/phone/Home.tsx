import { useEffect, useRef } from 'react';
import type { ActorDto } from '../../../../src/access/access.dto.js';
import type { AlertDto } from '../../../../src/alerts/alerts.dto.js';
import type { RollDto } from '../../../../src/dispatch/accountability/roll.dto.js';
import type { HelpCallDto } from '../../../../src/dispatch/help-calls/help-call.dto.js';
import { request } from '../../api/http.js';
import { signOut } from '../../access/session.js';
import { useReady } from '../../app/ready.js';
import { TourButton } from '../../tour/TourButton.js';
import { TourHost } from '../../tour/TourHost.js';
import { at } from '../../app/world.js';
import { go } from '../../app/routes.js';
import { hourMinute } from '../../i18n/format.js';
import { chooseLocale, locale, t } from '../../i18n/i18n.js';
import { elapsedText } from '../../live/ageing.rules.js';
import { useNow } from '../../live/clock.js';
import { LINK_SIGNS } from '../../live/link.rules.js';
import { chooseTheme, useTheme } from '../../theme/theme.js';
import { AlertScreen } from './AlertScreen.js';
import { AssignmentCard } from './AssignmentCard.js';
import { OwnCall } from './sos/OwnCall.js';
import { isAsked, ParCard } from './ParCard.js';
import { RollList } from './RollList.js';
import { faceOfAlert } from './face.rules.js';
import { usePhoneLink } from './follow.js';
import { useIncident } from './incident.js';
import { DutyRoomCall } from './DutyRoomCall.js';
import { knownDutyPhone } from './duty-phone.js';
import { type OwnWork, useOwnWork } from './own-work.js';
import { SeverityMark } from './SeverityMark.js';
import { startSiren, testSiren } from './siren.js';

/** A leader's own page: the alert that was opened, or the whole of the own work. */
export function Home({ actor, alertId }: { actor: ActorDto; alertId: string | null }) {
  const work = useOwnWork(actor);
  useReady('work', work.readAtMs !== null || work.problem !== null);
  useRingForNew(work.alerts);
  const open = work.alerts.find(({ id }) => id === alertId);
  const shown = useLastSeen(open, alertId);
  const idle = work.readAtMs !== null && work.alerts.length + work.assignments.length + work.rolls.length === 0;
  return (
    <>
      {shown ? (
        <OwnAlert alert={shown} closed={open === undefined} actor={actor} work={work} />
      ) : (
        <OwnWorkPage actor={actor} work={work} />
      )}
      <TourHost actor={actor} idle={idle && !shown} />
    </>
  );
}

/** What asks for an answer, then where the team stands and the next step. */
function OwnWorkPage({ actor, work }: { actor: ActorDto; work: OwnWork }) {
  const asked = new Set(work.alerts.map(({ assignmentId }) => assignmentId));
  const running = work.assignments.filter(({ id, status }) => status !== 'alerted' || !asked.has(id));
  const callsOf = (id: string) => work.helpCalls.filter(({ assignmentId }) => assignmentId === id);
  const rollOf = new Map(work.rolls.map((roll) => [roll.id, roll]));
  const left = work.rolls.filter(({ id }) => !work.assignments.some((assignment) => assignment.id === id));
  // The question of a check stands above as its own card; its message would ask the same again.
  const alerts = work.alerts.filter(({ kind, assignmentId }) => {
    const roll = rollOf.get(assignmentId ?? '');
    return !(kind === 'information' && roll && isAsked(roll));
  });
  return (
    <main className="home">
      <header className="home-head">
        <div>
          <h1>{actor.name}</h1>
          <p className="quiet">{actor.grants[0]?.societyName}</p>
        </div>
        <LinkBadge />
      </header>
      {work.problem && (
        <p className="notice problem" role="alert">
          {work.problem.words} {work.readAtMs !== null && t('phone.stale', { time: hourMinute(work.readAtMs) })}
        </p>
      )}
      {work.rolls.filter(isAsked).map((roll) => (
        <ParCard key={roll.id} roll={roll} />
      ))}
      {alerts.map((alert) => (
        <AlertCard key={alert.id} alert={alert} />
      ))}
      {running.map((assignment) => (
        <AssignmentCard
          key={assignment.id}
          assignment={assignment}
          roll={rollOf.get(assignment.id)}
          calls={callsOf(assignment.id)}
        />
      ))}
      {left.map((roll) => (
        <LeftOpen key={roll.id} roll={roll} calls={callsOf(roll.id)} />
      ))}
      {work.readAtMs !== null && work.alerts.length + work.assignments.length === 0 && (
        <section className="nothing" data-tour="phone-work">
          <p aria-hidden="true">○</p>
          <h2>{t('phone.nothing')}</h2>
          <p className="quiet">{t('phone.nothing-hint')}</p>
        </section>
      )}
      <DutyRoom />
      <Settings />
    </main>
  );
}

/** A unit that is home or was called off, of which somebody is not accounted for: he may still call. */
function LeftOpen({ roll, calls }: { roll: RollDto; calls: readonly HelpCallDto[] }) {
  return (
    <section className="card">
      <h2>{t('phone.roll.unfinished', { count: roll.counts.unaccounted })}</h2>
      <p className="quiet">
        {roll.teamName} <span className="unit-code">{roll.unitCode}</span>
      </p>
      <RollList roll={roll} status="closed" />
      <OwnCall assignmentId={roll.id} calls={calls} />
    </section>
  );
}

/** An alert that leaves the list while it is open stays on screen until the leader goes back: its outcome must be read. */
function useLastSeen(open: AlertDto | undefined, alertId: string | null): AlertDto | null {
  const held = useRef<AlertDto | null>(null);
  if (open) held.current = open;
  return alertId !== null && held.current?.id === alertId ? held.current : null;
}

type OwnAlertProps = { alert: AlertDto; closed: boolean; actor: ActorDto; work: OwnWork };
function OwnAlert({ alert, closed, actor, work }: OwnAlertProps) {
  useEffect(() => {
    // The desk sees who has looked; not knowing it does no harm to the answer.
    void request('POST', `/alerts/${alert.id}/displayed`).catch(() => {});
  }, [alert.id]);
  const incident = useIncident(alert.incidentId);
  const title = incident?.title ?? t(`phone.kind.${alert.kind}`);
  const asked = alert.kind === 'deploy' ? work.assignments.find(({ id }) => id === alert.assignmentId) : undefined;
  const incidentKind = incident?.kind ?? '';
  const headcount = asked?.headcount ?? null;
  const face = faceOfAlert(alert, {
    title,
    incidentKind,
    headcount,
    dutyPhone: knownDutyPhone(),
    personName: actor.name,
  });
  const back = (
    <button type="button" className="button bare back" onClick={() => go('')}>
      <span aria-hidden="true">←</span> {t('phone.back')}
    </button>
  );
  return (
    <AlertScreen
      face={closed && face.doneReason === null ? { ...face, doneReason: 'answered' } : face}
      about={`alert/${alert.id}`}
      path={`/alerts/${alert.id}/answers`}
      top={back}
      after={
        <a className="button" href="#/">
          {t('phone.to-next-step')}
        </a>
      }
    />
  );
}

function AlertCard({ alert }: { alert: AlertDto }) {
  const nowMs = useNow();
  const incident = useIncident(alert.incidentId);
  return (
    <button type="button" className="card alert-card" data-tour="phone-work" onClick={() => go(`alert/${alert.id}`)}>
      <SeverityMark severity={alert.severity} />
      <span className="card-words">
        <b>
          {alert.exercise && <span className="drill-mark">{t('phone.drill')}</span>}
          {t(`phone.kind.${alert.kind}`)}
        </b>
        {incident && <span>{incident.title}</span>}
        <span className="quiet">
          {alert.placeText} · {alert.unitCode}
        </span>
        <span className="quiet numeric">
          {t('phone.raised', { time: hourMinute(alert.raisedAt) })} · {elapsedText(nowMs - Date.parse(alert.raisedAt))}
        </span>
      </span>
      <span className="card-act">{t('phone.open-alert')}</span>
    </button>
  );
}

/** Rings for an alert that was not on this phone's list before; those of the first reading ring too. */
function useRingForNew(alerts: AlertDto[]): void {
  const rung = useRef(new Set<string>());
  useEffect(() => {
    const fresh = alerts.filter(({ id }) => !rung.current.has(id));
    fresh.forEach(({ id }) => rung.current.add(id));
    const gravest = fresh.map(({ severity }) => severity).sort()[0];
    if (gravest) startSiren(gravest);
  }, [alerts]);
}

function LinkBadge() {
  const { state, silentS } = usePhoneLink();
  return (
    <p className={`link-badge link-${state}`} role="status" data-tour="phone-link">
      <span aria-hidden="true">{LINK_SIGNS[state]}</span> {t(`phone.link.${state}`, { seconds: silentS })}
    </p>
  );
}

function DutyRoom() {
  const phone = knownDutyPhone();
  return phone ? <DutyRoomCall phone={phone} /> : null;
}

function Settings() {
  const theme = useTheme();
  return (
    <footer className="settings">
      <p className="quiet">{t('phone.keep-open')}</p>
      <button type="button" className="button" data-tour="phone-sound" onClick={testSiren}>
        {t('phone.test-sound')}
      </button>
      <a className="button" href={at('/#/accounts')}>
        {t('phone.contact')}
      </a>
      <button type="button" className="button" onClick={() => chooseTheme(theme === 'dark' ? 'light' : 'dark')}>
        {t(theme === 'dark' ? 'phone.light' : 'phone.dark')}
      </button>
      <button type="button" className="button" onClick={() => void chooseLocale(locale() === 'en' ? 'zh-CN' : 'en')}>
        {t('app.other-language')}
      </button>
      <a className="button" data-tour="phone-help" href={at('/#/help')}>
        {t('phone.help')}
      </a>
      <TourButton />
      <button type="button" className="button" onClick={() => void signOut()}>
        {t('phone.sign-out')}
      </button>
    </footer>
  );
}
