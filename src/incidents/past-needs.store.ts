import type { Tx } from '../database/index.js';
import type { IncidentDto } from './incidents.dto.js';

/** What a real incident that is over has asked for, at the society where it was. */
export interface PastNeeds {
  id: string;
  number: string;
  title: string;
  kind: IncidentDto['kind'];
  occurredAt: Date;
  societyId: string;
  societyPath: string;
  people: number | null;
  items: { itemId: string; units: number }[];
}

/** The newest closed incidents under a path that asked for goods; exercises never. */
export async function pastNeeds(tx: Tx, path: string, limit: number): Promise<PastNeeds[]> {
  return tx.query<PastNeeds>(
    `select i.id, i.number, i.title, i.kind, i.occurred_at as "occurredAt", i.society_id as "societyId", o.path as "societyPath",
       i.people_affected as people, jsonb_agg(jsonb_build_object('itemId', n.item_id, 'units', n.units) order by n.item_id) as items
     from incident i join society o on o.id = i.society_id join incident_need n on n.incident_id = i.id and n.item_id is not null
     where i.status = 'closed' and not i.exercise and starts_with(o.path, $1)
     group by i.id, o.path order by i.occurred_at desc, i.id limit $2`,
    [path, limit],
  );
}
