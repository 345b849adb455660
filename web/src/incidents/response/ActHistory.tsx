import type { ActDto, ResponseDto } from '../../../../src/incidents/response/responses.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useRow } from '../../live/hooks.js';
import { triggerText } from './words.js';

type Responded = ResponseDto & { acts: ActDto[] };

/** Every signed act of the incident, the newest first: who, why, on which facts, and how much it changed. */
export function ActHistory({ incidentId, revision }: { incidentId: string; revision: number }) {
  const { data } = useFetched<{ items: Responded[] }>(`/incidents/${incidentId}/activations`, revision);
  if (!data || data.items.length === 0) return null;
  return (
    <details className="act-history">
      <summary>{t('response.history', { count: data.items.reduce((sum, { acts }) => sum + acts.length, 0) })}</summary>
      {data.items.map((response) => (
        <Acts key={response.id} response={response} />
      ))}
    </details>
  );
}

function Acts({ response }: { response: Responded }) {
  const society = useRow('society', response.societyId);
  return (
    <ol className="reports">
      {[...response.acts].reverse().map((act) => (
        <li key={act.id}>
          {stamp(act.actedAt)} {society?.shortName} ·{' '}
          {t(`response-act.${act.step}`, { level: act.to ? t(`response-level.${act.to}`) : '' })} · {act.decidedBy}
          {act.actedBy !== act.decidedBy && <> · {t('response.entered-by', { name: act.actedBy })}</>}
          {act.documentNo && <> · {act.documentNo}</>}
          <p>{act.reason}</p>
          <p className="quiet">
            {t('response.changed', { start: act.difference.start.length, release: act.difference.release.length })}
            {act.reached.map((reached) => ` · ${triggerText(reached)}`)}
            {act.expectedUntil && <> · {t('response.until', { at: stamp(act.expectedUntil) })}</>}
          </p>
        </li>
      ))}
    </ol>
  );
}
