import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, allow, canSee, findSociety, inCommand, resourceKeys, type SocietyRow, visibleOr404 } from '../access/index.js'; // prettier-ignore
import { Database, read, type Tx } from '../database/index.js';
import { recordChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { notFound, Problem } from '../shared/problem.js';
import { readLayer } from './layer.rules.js';
import type { AddQuery, LayersQuery, MapLayerDto, PreviewDto, PreviewQuery, RemoveLayer, SwitchLayer } from './map-layers.dto.js'; // prettier-ignore
import * as store from './map-layers.store.js';

/** Layers of one society on all its consoles: more is a list that nobody reads, and a snapshot that everybody waits for. */
const MOST_LAYERS = 50;

/** Map layers that a society brings in from a file. The file is read here and nowhere else. */
@Injectable()
export class MapLayersService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** What a file would become; nothing is kept. 422 `map-layer.…` with the place in the file. */
  async preview(actor: Actor, query: PreviewQuery, bytes: Buffer): Promise<PreviewDto> {
    await read(this.db, (tx) => this.managed(tx, actor, query.societyId));
    return readLayer(bytes, query);
  }

  /** Keeps it. The same file under the same id answers the layer that there is; 409 `map-layer.exists` for another. */
  async addLayer(actor: Actor, query: AddQuery, bytes: Buffer): Promise<MapLayerDto> {
    if (query.validUntil !== undefined && query.validUntil < query.validFrom) throw new Problem('map-layer.validity');
    await read(this.db, (tx) => this.managed(tx, actor, query.societyId)); // before the file is read
    const made = readLayer(bytes, query);
    const fileHash = createHash('sha256').update(bytes).digest();
    return inCommand(this.db, actor, async (tx) => {
      const society = await this.managed(tx, actor, query.societyId);
      const held = query.id ? await store.findLayer(tx, query.id) : undefined;
      if (held) return this.same(held, { fileHash, societyId: society.id });
      if ((await store.countLayers(tx, society.id)) >= MOST_LAYERS)
        throw new Problem('map-layer.too-many', { most: MOST_LAYERS });
      const { shapes, extent, features, sourceVertices, vertices } = made;
      const { id = newId(), name, provider, approvalNo = null, datum, validFrom, validUntil = null, toleranceM, fileName } = query; // prettier-ignore
      const row: store.LayerRow = {
        id, societyId: society.id, name, provider, approvalNo, datum, validFrom, validUntil, shown: true, extent, features, sourceVertices,
        vertices, toleranceM, fileName, fileHash, addedBy: actor.name, addedAt: this.clock.now(), removedBy: null, removedAt: null,
        reason: null, scope: resourceKeys(society.path), version: 1,
      }; // prettier-ignore
      await store.insertLayer(tx, row, JSON.stringify(shapes));
      return this.tell(tx, actor, row, 'map-layer.added');
    });
  }

  /** On or off for everybody who sees the society's layers. */
  async switchLayer(actor: Actor, id: string, { version, shown }: SwitchLayer): Promise<MapLayerDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, { id, version });
      return this.change(tx, actor, { ...held, shown }, shown ? 'map-layer.switched-on' : 'map-layer.switched-off');
    });
  }

  /** Takes a layer off every map, for good; its line stays in the list of what there was. */
  async removeLayer(actor: Actor, id: string, { version, reason }: RemoveLayer): Promise<MapLayerDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await this.hold(tx, actor, { id, version });
      const removed = { shown: false, removedBy: actor.name, removedAt: this.clock.now(), reason };
      return this.change(tx, actor, { ...held, ...removed }, 'map-layer.removed');
    });
  }

  /** A society's own layers. 404 `society.not-found` for one that the actor does not see. */
  async layers(actor: Actor, { societyId, removed = false }: LayersQuery): Promise<MapLayerDto[]> {
    return read(this.db, async (tx) => {
      const society = await findSociety(tx, societyId);
      if (!society || !canSee(actor, resourceKeys(society.path))) throw notFound('society', societyId);
      return (await store.layersOf(tx, societyId, removed)).map(store.toLayerDto);
    });
  }

  /** The shapes as text. 404 `map-layer.not-found`, also once it was removed. */
  async shapes(actor: Actor, id: string): Promise<string> {
    return read(this.db, async (tx) => {
      const layer = visibleOr404(actor, await store.findLayer(tx, id), 'map-layer', id);
      if (layer.removedAt) throw notFound('map-layer', id);
      return store.shapesOf(tx, id);
    });
  }

  /** The society, if its maps are the actor's to keep: 404 for one out of sight, 403 for one above. */
  private async managed(tx: Tx, actor: Actor, societyId: string): Promise<SocietyRow> {
    const society = await findSociety(tx, societyId);
    if (!society || !canSee(actor, resourceKeys(society.path))) throw notFound('society', societyId);
    allow(actor, 'map.manage', { paths: [society.path] });
    return society;
  }

  private async hold(tx: Tx, actor: Actor, of: { id: string; version: number }): Promise<store.LayerRow> {
    const held = visibleOr404(actor, await store.lockLayer(tx, of.id), 'map-layer', of.id);
    await this.managed(tx, actor, held.societyId);
    if (held.removedAt) throw notFound('map-layer', of.id);
    if (held.version !== of.version) throw new Problem('map-layer.stale', { version: held.version });
    return held;
  }

  private same(held: store.LayerRow, sent: { fileHash: Buffer; societyId: string }): MapLayerDto {
    if (!held.fileHash.equals(sent.fileHash) || held.societyId !== sent.societyId)
      throw new Problem('map-layer.exists', { id: held.id });
    return store.toLayerDto(held);
  }

  private async change(tx: Tx, actor: Actor, changed: store.LayerRow, kind: string): Promise<MapLayerDto> {
    const row = { ...changed, version: changed.version + 1 };
    await store.saveLayer(tx, row);
    return this.tell(tx, actor, row, kind);
  }

  private async tell(tx: Tx, actor: Actor, row: store.LayerRow, kind: string): Promise<MapLayerDto> {
    const data = store.toLayerDto(row);
    const { id, version, scope } = row;
    await recordChange(tx, { kind, subject: 'map-layer', id, version, scope, data, actor });
    return data;
  }
}
