import { useState } from 'react';
import type { IncidentDto } from '../../../../src/incidents/incidents.dto.js';
import type { ProposalDto } from '../../../../src/incidents/response/responses.dto.js';
import type { ResponseLevel } from '../../../../src/incidents/response/plans.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { useSession } from '../../access/session.js';
import { isBelow } from '../../access/societies.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useLive, useRow } from '../../live/hooks.js';
import { useChanged } from '../../live/use-changed.js';
import { Refusal } from '../../parts/Refusal.js';
import { Since } from '../../parts/Since.js';
import { hasEnded } from '../ending.rules.js';
import { ActHistory } from './ActHistory.js';
import { IncidentTasks } from './IncidentTasks.js';
import { stepTo } from './level-step.rules.js';
import { LevelDialog } from './LevelDialog.js';
import { sourceText, triggerText } from './words.js';
import './response.css';

/** Response levels of every society along an incident: what the figures speak for, what is signed, and the tasks that came of it. */
export function ResponsePanel({ incident }: { incident: IncidentDto }) {
  const [neighbour, setNeighbour] = useState(false);
  const changed = useChanged('response', 'plan');
  const { data, problem } = useFetched<{ items: ProposalDto[] }>(
    `/incidents/${incident.id}/level-proposals${neighbour ? '?neighbourAlsoHit=true' : ''}`,
    `${incident.version} ${changed}`,
  );
  return (
    <div className="response panel-scroll">
      <section>
        <label className="check">
          <input type="checkbox" checked={neighbour} onChange={({ target }) => setNeighbour(target.checked)} />{' '}
          {t('fact.neighbourAlsoHit')}
        </label>
        {!data && (problem ? <Refusal problem={problem} /> : <p className="quiet">{t('app.loading')}</p>)}
        {data?.items.length === 0 && (
          <p className="notice">
            {t('response.no-plan')} <a href="#/plans">{t('menu.plans')}</a>
          </p>
        )}
        {data?.items.map((proposal) => (
          <SocietyResponse key={proposal.societyId} incident={incident} proposal={proposal} neighbour={neighbour} />
        ))}
        <p className="quiet">{t('response.people-decide')}</p>
        <ActHistory incidentId={incident.id} revision={changed} />
      </section>
      <IncidentTasks incidentId={incident.id} />
    </div>
  );
}

type Props = { incident: IncidentDto; proposal: ProposalDto; neighbour: boolean };

function SocietyResponse({ incident, proposal, neighbour }: Props) {
  const society = useRow('society', proposal.societyId);
  const running = useRow('response', proposal.responseId);
  const [to, setTo] = useState<ResponseLevel | 'end' | null>(null);
  const mayDecide = useMayDecide(proposal.societyId);
  return (
    <section className="society-response" aria-label={society?.name}>
      <h3>
        {society?.name}{' '}
        {proposal.current ? (
          <b className={`level-mark level-${proposal.current}`}>{t(`response-level.${proposal.current}`)}</b>
        ) : (
          <span className="quiet">{t('response.none')}</span>
        )}{' '}
        {running && <Since at={running.levelSince} />}
      </h3>
      <p className="quiet">
        <a href={`#/plans/${proposal.planVersionId}`}>
          {t('response.plan', { title: proposal.planTitle, number: proposal.planNumber })}
        </a>
      </p>
      <Facts proposal={proposal} />
      {mayDecide && !hasEnded(incident.status) && (
        <div className="level-acts" data-tour="level-acts" role="group" aria-label={t('response.acts')}>
          {proposal.differences.map(({ to: target }) => (
            <button
              key={target ?? 'end'}
              type="button"
              className={`button${target !== null && target === proposal.level ? ' primary' : ''}`}
              onClick={() => setTo(target ?? 'end')}
            >
              {t(`response-act.${stepTo(proposal.current, target)}`, {
                level: target ? t(`response-level.${target}`) : '',
              })}
            </button>
          ))}
        </div>
      )}
      {to && (
        <LevelDialog
          incident={incident}
          proposal={proposal}
          to={to === 'end' ? null : to}
          neighbour={neighbour}
          close={() => setTo(null)}
        />
      )}
    </section>
  );
}

/** What the figures speak for, with each fact, its threshold and its source; and what nobody reported, which is not zero. */
function Facts({ proposal }: { proposal: ProposalDto }) {
  return (
    <>
      <p>
        {proposal.level
          ? t('response.speaks-for', { level: t(`response-level.${proposal.level}`) })
          : t('response.speaks-for-none')}
      </p>
      <ul className="facts-used">
        {proposal.reached.map((reached) => (
          <li key={`${reached.by} ${reached.level}`}>
            {t('response.fact', { measure: t(`measure.${reached.by}`), value: count(reached.value) })}{' '}
            <span className="quiet">
              {triggerText(reached)} ·{' '}
              <span className={reached.source === 'no-source' ? 'no-source' : undefined}>
                {sourceText(reached.source)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {proposal.unknown.length > 0 && (
        <p className="quiet">
          {t('response.unknown', {
            measures: proposal.unknown.map((each) => t(`measure.${each}`)).join(t('list.separator')),
          })}
        </p>
      )}
    </>
  );
}

const DECIDES = new Set(['dutyOfficer', 'dutyLead', 'supervisor']);
/** Whether I may sign for this society. The server has the last word. */
function useMayDecide(societyId: string): boolean {
  const { actor } = useSession();
  return useLive(
    ['society'],
    (store) =>
      (actor?.grants ?? []).some((grant) => DECIDES.has(grant.role) && isBelow(store, societyId, grant.societyId)),
    [actor, societyId],
  );
}
