import type { Actor } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { newId } from '../../shared/ids.js';
import type { Incident } from '../incident.entity.js';
import type { EstimateNeeds, NeedsEstimate } from '../incidents.dto.js';
import { estimateItems } from '../needs-estimate.rules.js';
import { factorAlong } from './factor.rules.js';
import { factorVersions, insertEstimate, societiesUp } from './factor.store.js';

type Asked = Pick<EstimateNeeds, 'sheltered' | 'days' | 'householdSize' | 'supplied'> & { on: string };

/** The estimate by the rules and by the factors that count where the incident is, or would be. */
export async function estimateFor(
  tx: Tx,
  { kind, societyPath }: Pick<Incident, 'kind' | 'societyPath'>,
  asked: Asked,
): Promise<NeedsEstimate['items']> {
  const { sheltered, days, on, householdSize, supplied } = asked;
  const way = await societiesUp(tx, societyPath);
  const versions = await factorVersions(tx, way);
  const factorOf = (ruleCode: string) => factorAlong({ kind, ruleCode }, way, versions);
  return estimateItems({ kind, sheltered, days, on, householdSize, supplied, factorOf });
}

/** Keeps an estimate that a desk took over, under the incident's lock, and says so. */
export async function keepEstimate(
  tx: Tx,
  incident: Incident,
  asked: Asked & { items: NeedsEstimate['items']; actor: Actor; now: Date },
): Promise<string> {
  const { sheltered, days, on, householdSize = null, items, actor, now } = asked;
  const takenAt = now.toISOString();
  const kept = { id: newId(), incidentId: incident.id, sheltered, days, on, householdSize, items, takenBy: actor.name };
  const data = await insertEstimate(tx, { ...kept, takenAt });
  const told = { kind: 'incident.needs-estimated', subject: 'need-estimate', id: data.id, version: 1 };
  await recordChange(tx, { ...told, scope: incident.scope, data, actor, incidentId: incident.id });
  return data.id;
}
