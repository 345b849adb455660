import type { Tx } from '../../database/index.js';
import { LEVEL_SUMS } from '../level.store.js';
import type { PolicyFacts } from './policy.rules.js';
import type { SetPolicy } from './watch.dto.js';

const POLICY = `l.id, l.warehouse_id as "warehouseId", l.item_id as "itemId", i.code as "itemCode", l.minimum_units as "minimumUnits",
  l.target_units as "targetUnits", l.maximum_units as "maximumUnits", coalesce(s.on_hand, 0)::bigint as "onHandUnits",
  coalesce(s.available, 0)::bigint as "availableUnits", l.policy_by as "setBy", l.policy_at as "setAt", l.policy_version as version`;
const FROM = `from stock_level l join item i on i.id = l.item_id left join lateral (${LEVEL_SUMS} and c.level_id = l.id) s on true`;

/** The policy of a locked level. */
export async function policyOf(tx: Tx, levelId: string): Promise<PolicyFacts | undefined> {
  return (await tx.query<PolicyFacts>(`select ${POLICY} ${FROM} where l.id = $1`, [levelId]))[0];
}

export async function savePolicy(
  tx: Tx,
  levelId: string,
  to: Omit<SetPolicy, 'version'> & { by: string; at: Date },
): Promise<void> {
  await tx.query(
    `update stock_level set minimum_units = $2, target_units = $3, maximum_units = $4, policy_by = $5, policy_at = $6,
       policy_version = policy_version + 1 where id = $1`,
    [levelId, to.minimumUnits, to.targetUnits, to.maximumUnits, to.by, to.at],
  );
}

/** A page by item code of what a warehouse has or is meant to have. */
export async function policiesAfter(
  tx: Tx,
  warehouseId: string,
  page: { after: string | null; limit: number },
): Promise<PolicyFacts[]> {
  return tx.query<PolicyFacts>(
    `select ${POLICY} ${FROM} where l.warehouse_id = $1 and ($2::text is null or i.code > $2) order by i.code limit $3`,
    [warehouseId, page.after, page.limit],
  );
}
