import { useEffect, useState } from 'react';
import type { RollDto } from '../../../../src/dispatch/accountability/roll.dto.js';
import type { HelpCallDto } from '../../../../src/dispatch/help-calls/help-call.dto.js';
import type { AssignmentDto } from '../../../../src/dispatch/dispatch.dto.js';
import { newId } from '../../api/ids.js';
import { hourMinute } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { elapsedText } from '../../live/ageing.rules.js';
import { serverNow, useNow } from '../../live/clock.js';
import { useIncident } from './incident.js';
import { choicesAt, countsHeads, statusAfter } from './next-step.rules.js';
import type { LeaderStep } from './next-step.rules.js';
import { dismiss, send, sendNow, useSendings } from './outbox.js';
import type { Sending } from './outbox.rules.js';
import { isAsked, ParLine } from './ParCard.js';
import { Place } from './Place.js';
import { RollList } from './RollList.js';
import { OwnCall } from './sos/OwnCall.js';
import { Stepper } from './Stepper.js';

/** After a step the button rests, so a second knock in the pocket does not take the next one. */
const REST_MS = 3000;
const STATUS_SIGNS: Record<string, string> = {
  alerted: '◔', accepted: '✓', assembling: '⚑', departed: '▶', 'on-scene': '◆', working: '⚒', resting: '☾', released: '◁',
  returning: '◀', closed: '■',
}; // prettier-ignore

const stepOf = (sending: Sending): LeaderStep => sending.path.slice(sending.path.lastIndexOf('/') + 1) as LeaderStep;

type CardProps = { assignment: AssignmentDto; roll: RollDto | undefined; calls: readonly HelpCallDto[] };
/** Where the team stands and ONE big button for the next step. */
export function AssignmentCard({ assignment, roll, calls }: CardProps) {
  const incident = useIncident(assignment.incidentId);
  const about = `assignment/${assignment.id}`;
  const sendings = useSendings(about);
  const waiting = sendings.filter(({ state }) => state === 'waiting');
  const status = statusAfter(assignment.status, waiting.map(stepOf));
  const since = waiting.length > 0 ? (waiting.at(-1)!.body.occurredAt as string) : assignment.statusSince;
  return (
    <section className="card assignment" aria-label={`${assignment.teamName} ${assignment.unitCode}`}>
      <p className="quiet">
        {assignment.teamName} <span className="unit-code">{assignment.unitCode}</span>
      </p>
      {incident && (
        <h2>
          {incident.exercise && <span className="drill-mark">{t('phone.drill')}</span>}
          {incident.title}
        </h2>
      )}
      <p className="status">
        <span aria-hidden="true" className="status-sign">
          {STATUS_SIGNS[status] ?? '●'}
        </span>
        <b>{t(`phone.status.${status}`)}</b>
        <Elapsed since={since} />
      </p>
      {incident && <Place placeText={incident.placeText} location={incident.location} />}
      {assignment.task && <p className="task">{assignment.task}</p>}
      <OnTheirWay waiting={waiting} />
      {sendings
        .filter(({ state }) => state === 'refused')
        .map((sending) => (
          <RefusedStep key={sending.id} sending={sending} />
        ))}
      <NextStep
        key={status}
        named={(roll?.people.length ?? 0) > 0}
        assignment={assignment}
        status={status}
        about={about}
        restsUntilMs={(sendings.at(-1)?.writtenAtMs ?? 0) + REST_MS}
      />
      {status !== 'alerted' && <OwnCall assignmentId={assignment.id} calls={calls} />}
      {roll?.par && !isAsked(roll) && <ParLine roll={roll} />}
      {roll && <RollList key={`roll ${status}`} roll={roll} status={status} />}
    </section>
  );
}

function Elapsed({ since }: { since: string }) {
  const nowMs = useNow();
  return (
    <time className="numeric" dateTime={since}>
      {hourMinute(since)} · {elapsedText(nowMs - Date.parse(since))}
    </time>
  );
}

type NextProps = {
  assignment: AssignmentDto;
  status: AssignmentDto['status'];
  about: string;
  restsUntilMs: number;
  /** The unit has a list of names: they are the number. */
  named: boolean;
};

function NextStep({ assignment, status, about, restsUntilMs, named }: NextProps) {
  const expected = assignment.actualHeadcount ?? assignment.promisedHeadcount ?? assignment.headcount;
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
    const heads = countsHeads(step) && !named ? { headcount } : {};
    send(about, `/assignments/${assignment.id}/${step}`, { ...heads, occurredAt: at, recordedAt: at }, id);
  };
  return (
    <>
      {countsHeads(choice.main) && !named && (
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

function OnTheirWay({ waiting }: { waiting: Sending[] }) {
  if (waiting.length === 0) return null;
  return (
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
  );
}

function RefusedStep({ sending }: { sending: Sending }) {
  return (
    <div className="state refused" role="alert">
      <p>
        {t('phone.step-refused', { step: t(`phone.step.${stepOf(sending)}`) })} {sending.refusal?.words}
      </p>
      <button type="button" className="button" onClick={() => dismiss(sending.id)}>
        {t('phone.understood')}
      </button>
    </div>
  );
}
