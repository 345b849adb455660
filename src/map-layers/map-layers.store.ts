import type { Tx } from '../database/index.js';
import type { MapLayerDto } from './map-layers.dto.js';

export interface LayerRow extends Omit<MapLayerDto, 'addedAt' | 'removedAt'> {
  addedAt: Date;
  removedAt: Date | null;
  fileHash: Buffer;
  scope: string[];
}
const LAYER = `id, society_id as "societyId", name, provider, approval_no as "approvalNo", datum, valid_from::text as "validFrom",
  valid_until::text as "validUntil", shown, extent, features, source_vertices as "sourceVertices", vertices, tolerance_m as "toleranceM",
  file_name as "fileName", file_hash as "fileHash", added_by as "addedBy", added_at as "addedAt", removed_by as "removedBy",
  removed_at as "removedAt", reason, scope, version`;

export const toLayerDto = ({ scope: _, fileHash: __, addedAt, removedAt, ...row }: LayerRow): MapLayerDto => ({
  ...row,
  addedAt: addedAt.toISOString(),
  removedAt: removedAt && removedAt.toISOString(),
});

export async function findLayer(tx: Tx, id: string): Promise<LayerRow | undefined> {
  return (await tx.query<LayerRow>(`select ${LAYER} from map_layer where id = $1`, [id]))[0];
}

export async function lockLayer(tx: Tx, id: string): Promise<LayerRow | undefined> {
  return (await tx.query<LayerRow>(`select ${LAYER} from map_layer where id = $1 for update`, [id]))[0];
}

/** The shapes as they are sent: text that is GeoJSON already. */
export async function shapesOf(tx: Tx, id: string): Promise<string> {
  return (await tx.query<{ shapes: string }>(`select shapes from map_layer where id = $1`, [id]))[0]!.shapes;
}

export async function insertLayer(tx: Tx, row: LayerRow, shapes: string): Promise<void> {
  await tx.query(
    `insert into map_layer (id, society_id, name, provider, approval_no, datum, valid_from, valid_until, shown, shapes, extent, features,
       source_vertices, vertices, tolerance_m, file_name, file_hash, added_by, added_at, scope)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      row.id, row.societyId, row.name, row.provider, row.approvalNo, row.datum, row.validFrom, row.validUntil, row.shown, shapes, row.extent,
      row.features, row.sourceVertices, row.vertices, row.toleranceM, row.fileName, row.fileHash, row.addedBy, row.addedAt, row.scope,
    ], // prettier-ignore
  );
}

export async function saveLayer(tx: Tx, row: LayerRow): Promise<void> {
  await tx.query(
    `update map_layer set shown = $2, removed_by = $3, removed_at = $4, reason = $5, version = $6 where id = $1`,
    [row.id, row.shown, row.removedBy, row.removedAt, row.reason, row.version],
  );
}

/** How many layers a society has on its consoles. */
export async function countLayers(tx: Tx, societyId: string): Promise<number> {
  const sql = `select count(*)::int as count from map_layer where society_id = $1 and removed_at is null`;
  return (await tx.query<{ count: number }>(sql, [societyId]))[0]!.count;
}

/** A society's own layers, the newest first. */
export async function layersOf(tx: Tx, societyId: string, removed: boolean): Promise<LayerRow[]> {
  const sql = `select ${LAYER} from map_layer where society_id = $1 and (removed_at is not null) = $2 order by added_at desc, id limit 100`;
  return tx.query<LayerRow>(sql, [societyId, removed]);
}

/** Layers for the console snapshot, without their shapes. */
export async function mapLayerRows(tx: Tx, keys: string[]): Promise<MapLayerDto[]> {
  const sql = `select ${LAYER} from map_layer where removed_at is null and scope && $1 order by id`;
  return (await tx.query<LayerRow>(sql, [keys])).map(toLayerDto);
}
