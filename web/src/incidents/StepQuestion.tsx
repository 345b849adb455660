import { useState } from 'react';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { count } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { distanceM, kmText } from '../map/distance.rules.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { type Hindrance, hindrancesOf } from './ending.rules.js';
import { shortNumber } from './QueueRow.js';
import { ends, reasonRequired } from './steps.rules.js';
import type { IncidentStepName } from './steps.rules.js';
import { coverageIn, workOf, WORK_SUBJECTS } from './work.js';

const SUBJECTS = ['incident', 'team-unit', 'help-call', 'response', 'task', ...WORK_SUBJECTS] as const;
type Props = {
  incident: IncidentDto;
  step: IncidentStepName;
  busy: boolean;
  act: (reason: string, intoId: string) => void;
  close: () => void;
};

/** One summary with numbers before a step that cannot simply be taken back; what hinders an end is named, with the way there. */
export function StepQuestion({ incident, step, busy, act, close }: Props) {
  const [reason, setReason] = useState('');
  const [intoId, setIntoId] = useState('');
  const { hindrances, teams, orders, unmet } = useStanding(incident.id);
  const required = reasonRequired(step, incident.status);
  const stopped = ends(step) && hindrances.length > 0;
  return (
    <form
      className="form-body"
      onSubmit={(event) => {
        event.preventDefault();
        act(reason.trim(), intoId);
      }}
    >
      <p>{incident.title}</p>
      <p className="numeric">{t('incident-step.summary', { teams, goods: orders, unmet })}</p>
      {stopped && <Hindrances incidentId={incident.id} all={hindrances} close={close} />}
      {step === 'merge' && <MergeTarget incident={incident} value={intoId} choose={setIntoId} />}
      <TextField
        label={t('incident-step.reason')}
        hint={step === 'stabilise' ? t('incident-step.why-stabilise') : undefined}
        value={reason}
        set={setReason}
        required={required}
        focus={step !== 'merge'}
      />
      <button type="submit" className="button primary big" disabled={busy || stopped}>
        {t(`incident-step.${step}`)}
      </button>
    </form>
  );
}

function useStanding(incidentId: string) {
  return useLive(
    SUBJECTS,
    (store) => {
      const ours = <R extends { incidentId: string | null }>(rows: R[]): R[] => rows.filter((row) => row.incidentId === incidentId);
      const hindrances = hindrancesOf({
        work: workOf(store, incidentId),
        helpCalls: ours(store.rows('help-call')),
        responses: ours(store.rows('response')).filter(({ level }) => level !== null),
        tasks: ours(store.rows('task')),
      });
      const of = (key: Hindrance['key']) => hindrances.find((each) => each.key === key)?.count ?? 0;
      return { hindrances, teams: of('teams'), orders: of('orders'), unmet: coverageIn(store, incidentId)?.unmet ?? 0 };
    },
    [incidentId],
  );
} // prettier-ignore

function Hindrances({ incidentId, all, close }: { incidentId: string; all: readonly Hindrance[]; close: () => void }) {
  return (
    <div className="notice warning">
      <p>{t('ending.first')}</p>
      <ul>
        {all.map(({ key, count: many, which, tab }) => (
          <li key={key}>
            <a href={`#/incidents/${incidentId}/${tab}`} onClick={close}>
              {t(`ending.${key}`, { count: count(many) })}
            </a>{' '}
            {which.join(t('list.separator'))}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Open incidents, the nearest first; and what does and does not go over. */
function MergeTarget({ incident, value, choose }: { incident: IncidentDto; value: string; choose: (id: string) => void }) {
  const others = useLive(['incident'], (store) =>
    store
      .rows('incident')
      .filter((row) => row.id !== incident.id && row.exercise === incident.exercise)
      .sort((a, b) => distanceM(a.location, incident.location) - distanceM(b.location, incident.location)),
  );
  const away = (row: IncidentDto) => t('board.km', { km: kmText(distanceM(row.location, incident.location)) });
  return (
    <SelectField
      label={t('incident-step.merge-into')}
      hint={t('incident-step.merge-about')}
      value={value}
      set={choose}
      none=""
      required
      options={others.map((row) => ({ value: row.id, words: `${shortNumber(row.number)} ${row.title} ${away(row)}` }))}
    />
  );
} // prettier-ignore
