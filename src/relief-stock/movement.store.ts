import type { Tx } from '../database/index.js';
import type { MovementDto } from './relief-stock.dto.js';

type MovementRow = Omit<MovementDto, 'occurredAt' | 'recordedAt' | 'receivedAt'> & {
  occurredAt: Date;
  recordedAt: Date;
  receivedAt: Date;
};
const end = (cell: 'f' | 't', name: 'from' | 'to') => `${cell}.kind as "${name}Kind",
  coalesce(${cell}p.name, ${cell}p.code) as "${name}Place",
  case when ${cell}.kind = 'bin' then ${cell}.warehouse_id end as "${name}WarehouseId"`;

/** A page of movements, newest first, in the books of warehouses that one of the keys may see. */
export async function movementsBefore(
  tx: Tx,
  filter: { warehouseId: string | undefined; itemId: string | undefined; lotId: string | undefined },
  page: { keys: string[]; before: [string, string] | null; limit: number },
): Promise<MovementDto[]> {
  const inBook = (book: 'warehouse_id' | 'to_warehouse_id', only: string) => `select m.* from stock_movement m
         where ($2::uuid is null or m.${book} = $2) and m.${book} = any((select ids from mine)::uuid[]) ${only}
           and ($3::uuid is null or m.item_id = $3)
           and ($4::uuid is null or m.from_cell_id = any(array(select id from stock_cell where lot_id = $4)))
           and ($5::timestamptz is null or (m.received_at, m.id) < ($5, $6::uuid))
         order by m.received_at desc, m.id desc limit $7`;
  const rows = await tx.query<MovementRow>(
    `with mine as (select array_agg(id) as ids from warehouse where scope && $1 and ($2::uuid is null or id = $2)),
       own as (${inBook('warehouse_id', '')}), arrived as (${inBook('to_warehouse_id', 'and m.to_warehouse_id <> m.warehouse_id')}),
       page as (select * from (select * from own union select * from arrived) m order by m.received_at desc, m.id desc limit $7)
     select m.id, m.cause_id as "causeId", m.line, m.item_id as "itemId", m.lot_id as "lotId", ${end('f', 'from')}, ${end('t', 'to')},
       m.units, m.reason, m.document, m.occurred_at as "occurredAt", m.recorded_at as "recordedAt", m.received_at as "receivedAt",
       m.reverses_id as "reversesId"
     from page m
     join stock_cell f on f.id = m.from_cell_id join stock_place fp on fp.id = f.place_id
     join stock_cell t on t.id = m.to_cell_id join stock_place tp on tp.id = t.place_id
     order by m.received_at desc, m.id desc`,
    [
      page.keys, filter.warehouseId ?? null, filter.itemId ?? null, filter.lotId ?? null, page.before?.[0] ?? null,
      page.before?.[1] ?? null, page.limit,
    ], // prettier-ignore
  );
  return rows.map(({ occurredAt, recordedAt, receivedAt, ...row }) => ({
    ...row,
    occurredAt: occurredAt.toISOString(),
    recordedAt: recordedAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
  }));
}
