import type { RollDto } from '../../../../src/dispatch/accountability/roll.dto.js';
import type { HelpCallDto } from '../../../../src/dispatch/help-calls/help-call.dto.js';
import type { AssignmentDto } from '../../../../src/dispatch/dispatch.dto.js';
import { t } from '../../i18n/i18n.js';
import { useIncident } from './incident.js';
import { statusAfter, stepOf } from './next-step.rules.js';
import { useSendings } from './outbox.js';
import { isAsked, ParLine } from './ParCard.js';
import { Place } from './Place.js';
import { NextStep, StatusLine, StepsSaid } from './Progress.js';
import { RollList } from './RollList.js';
import { OwnCall } from './sos/OwnCall.js';

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
      <StatusLine status={status} since={since} />
      {incident && <Place placeText={incident.placeText} location={incident.location} />}
      {assignment.task && <p className="task">{assignment.task}</p>}
      <StepsSaid sendings={sendings} />
      <NextStep
        key={status}
        unit={{ ...assignment, named: (roll?.people.length ?? 0) > 0 }}
        status={status}
        about={about}
        way={(step) => ({ path: `/assignments/${assignment.id}/${step}`, more: {} })}
        sendings={sendings}
      />
      {status !== 'alerted' && <OwnCall assignmentId={assignment.id} calls={calls} />}
      {roll?.par && !isAsked(roll) && <ParLine roll={roll} />}
      {roll && <RollList key={`roll ${status}`} roll={roll} status={status} />}
    </section>
  );
}
