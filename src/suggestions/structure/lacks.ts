import { type Actor, findSocieties, pathKeys, type SocietyRow } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { promisedForIncident } from '../../dispatch/index.js';
import { type IncidentDto, openIncidentRows } from '../../incidents/index.js';
import { coverItems } from '../coverage.rules.js';
import { isPlannedFor } from '../suggestion.rules.js';
import type { LackFact } from './matching.rules.js';
import { OFFER_LIMITS } from './offers.dto.js';

export interface Lack extends LackFact {
  incident: IncidentDto;
  /** Of the society on whose ground the incident is. */
  path: string;
}

/** What open incidents below a society, and seen by the reader, ask for and nobody has promised; exercises apart. The gravest first. */
export async function lacksOf(tx: Tx, actor: Actor, society: SocietyRow): Promise<Lack[]> {
  const key = pathKeys(society.path).at(-1)!;
  const mine = new Set((await openIncidentRows(tx, actor.keys)).map(({ id }) => id));
  const open = (await openIncidentRows(tx, [key]))
    .filter(
      (incident) =>
        mine.has(incident.id) && !incident.exercise && isPlannedFor(incident) && incident.needs.items.length > 0,
    )
    .toSorted((a, b) => a.severity.localeCompare(b.severity) || (a.id < b.id ? -1 : 1))
    .slice(0, OFFER_LIMITS.incidents);
  const paths = new Map((await findSocieties(tx, open.map(({ societyId }) => societyId))).map(({ id, path }) => [id, path])); // prettier-ignore
  const lacks: Lack[] = [];
  for (const incident of open) {
    const promised = coverItems((await promisedForIncident(tx, incident.id)).items);
    for (const { itemId, units, priority } of incident.needs.items) {
      const missing = units - (promised.get(itemId) ?? 0);
      if (missing > 0)
        lacks.push({
          incident,
          path: paths.get(incident.societyId)!,
          incidentId: incident.id,
          itemId,
          units: missing,
          priority,
        });
    }
  }
  return lacks;
}
