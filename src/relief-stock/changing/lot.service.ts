import { Injectable } from '@nestjs/common';
import { type Action, type Actor, allow, canSee, inCommand, may, pathKeys } from '../../access/index.js';
import { Database, inSnapshot, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { notFound, Problem } from '../../shared/problem.js';
import { type FactTimes, factTimesOf } from '../fact-times.rules.js';
import { tellLevels } from '../ledger.service.js';
import { lockLevels } from '../ledger.store.js';
import { partsOfLot } from './kit.store.js';
import type { ChangeLot, LotTraceDto } from './lot.dto.js';
import { type Authority, jointAuthority, kitsAfter, type LotStep, lotAfter, needsSecondPerson } from './lot.rules.js';
import * as store from './lot.store.js';

interface Locked {
  lot: store.LotRow;
  kits: store.LotRow[];
  levelIds: string[];
  warehouses: store.LotWarehouse[];
}

/** Lots that may not be used: held, quarantined, recalled, damaged, disposed of; wherever they lie, and through the kits that contain them. */
@Injectable()
export class LotService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a step of a lot as a whole. Whoever keeps one of its warehouses may set it aside; the end of it takes somebody who covers the
   * one who did, of a recall or damage another person who may approve. A recall holds the kit lots that contain the lot. 404
   * `lot.not-found`; 409 `lot.stale`, `lot.step-not-allowed`; 422 `duty.separation`, `lot.units-left` for a disposal of what is still there,
   * `lot.part-recalled` for the release of kits with such a part.
   */
  async change(actor: Actor, id: string, step: LotStep, input: ChangeLot): Promise<LotTraceDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const locked = await lockWithKits(tx, id);
      const { lot, warehouses } = locked;
      const own = warehouses.filter(({ lotId }) => lotId === id);
      if (!own.some(({ scope }) => canSee(actor, scope))) throw notFound('lot', id);
      const authority =
        step === 'release' ? mustCover(actor, lot, own) : stricter(lot, authorityOf(actor, 'stock.hold', own));
      if (input.version !== undefined && input.version !== lot.version)
        throw new Problem('lot.stale', { version: lot.version });
      const state = lotAfter(lot.state, step);
      if (step === 'dispose') await mustBeGone(tx, id);
      if (step === 'release') await mustHaveSoundParts(tx, lot);
      const recalled = await store.recalledPartsOf(tx, locked.kits.map((kit) => kit.id), id); // prettier-ignore
      const by = { actor, authority, times, reason: input.reason };
      const changed = [
        withState(lot, { state, causedByLotId: null }, by),
        ...kitsAfter(step, id, locked.kits, recalled).map((kit) =>
          withState(
            locked.kits.find((one) => one.id === kit.id)!,
            kit,
            by,
          ),
        ),
      ];
      await store.saveLotStates(tx, changed);
      await tellLots(tx, changed, { step, warehouses, actor, times });
      const { occurredAt, recordedAt } = times;
      await tellLevels(tx, await levelsToTell(tx, changed, locked), { actor, occurredAt, recordedAt });
      return trace(tx, id, actor.keys);
    });
  }

  /** A lot and everything it touches, as far as the actor may see. 404 `lot.not-found`. */
  async lot(actor: Actor, id: string): Promise<LotTraceDto> {
    return inSnapshot(this.db, async (tx) => {
      const warehouses = await store.warehousesOfLots(tx, [id]);
      if (!warehouses.some(({ scope }) => canSee(actor, scope))) throw notFound('lot', id);
      return trace(tx, id, actor.keys);
    });
  }
}

/**
 * Locks the levels of a lot and of the kit lots that contain it, then the lots. What came in between (a kit just made, a warehouse just
 * reached) is seen by looking again; with the lots locked nothing can come any more.
 */
async function lockWithKits(tx: Tx, id: string): Promise<Locked> {
  for (let known: string[] = []; ;) {
    const kitIds = (await store.unitsInKits(tx, id)).map(({ kitLotId }) => kitLotId);
    const levelIds = await store.levelsOfLots(tx, [id, ...kitIds]);
    await lockLevels(tx, levelIds);
    const lots = await store.lockLots(tx, [id, ...kitIds]);
    const lot = lots.find((one) => one.id === id);
    if (!lot) throw notFound('lot', id);
    if (levelIds.join() === known.join()) {
      const warehouses = await store.warehousesOfLots(tx, [id, ...kitIds]);
      return { lot, kits: lots.filter((one) => one !== lot), levelIds, warehouses };
    }
    known = levelIds;
  }
}

/** The widest authority by which the actor may do this where the lot lies. 403 `access.denied`. */
function authorityOf(actor: Actor, action: Action, warehouses: readonly store.LotWarehouse[]): Authority {
  const paths = warehouses.flatMap(({ societyPath }) => pathKeys(societyPath)).sort((a, b) => a.length - b.length);
  const path = paths.find((each) => may(actor, action, { paths: [each] }));
  if (path) return { path, warehouseId: null };
  const kept = warehouses.find(({ id }) => may(actor, action, { warehouseId: id }));
  allow(actor, action, kept ? { warehouseId: kept.id } : {});
  return { path: kept!.societyPath, warehouseId: kept!.id };
}

/** The authority of a lot that is set aside, or set aside more strictly. */
const stricter = ({ statePath: path, stateWarehouseId: warehouseId }: store.LotRow, next: Authority): Authority =>
  jointAuthority(path === null ? null : { path, warehouseId }, next);

/** Who may bring a lot back into use: whose authority covers that of who set it aside. 403 `access.denied`, 422 `duty.separation`. */
function mustCover(actor: Actor, lot: store.LotRow, warehouses: readonly store.LotWarehouse[]): Authority {
  const second = needsSecondPerson(lot.state);
  const action = second ? 'stock.adjust-approve' : 'stock.hold';
  if (lot.statePath === null) return authorityOf(actor, action, warehouses);
  const { statePath: path, stateWarehouseId: warehouseId } = lot;
  allow(actor, action, { paths: [path], ...(warehouseId ? { warehouseId } : {}) });
  if (second && lot.stateById === actor.userId)
    throw new Problem('duty.separation', { first: 'recall', second: 'release' });
  return { path, warehouseId };
}

/** 422 `lot.units-left`: goods leave by a disposal paper first, which counts them. */
async function mustBeGone(tx: Tx, id: string): Promise<void> {
  const units = await store.unitsInside(tx, id);
  if (units > 0) throw new Problem('lot.units-left', { units });
}

async function mustHaveSoundParts(tx: Tx, lot: store.LotRow): Promise<void> {
  const parts = (await store.recalledPartsOf(tx, [lot.id], lot.id)).get(lot.id) ?? [];
  const [part] = await store.findLots(tx, parts);
  if (part) throw new Problem('lot.part-recalled', { lot: lot.code, part: part.code });
}

function withState(
  lot: store.LotRow,
  to: Pick<store.LotRow, 'state' | 'causedByLotId'>,
  by: { actor: Actor; authority: Authority; times: FactTimes; reason: string },
): store.LotRow {
  const { actor, authority, times, reason } = by;
  const set = to.state !== 'good';
  return {
    ...lot, ...to, version: lot.version + 1, stateReason: reason, stateSince: times.occurredAt, stateBy: actor.name,
    stateById: set ? actor.userId : null, statePath: set ? authority.path : null, stateWarehouseId: set ? authority.warehouseId : null,
  }; // prettier-ignore
}

/** Told in every warehouse where the lot lies or lay. */
async function tellLots(
  tx: Tx,
  lots: store.LotRow[],
  by: { step: LotStep; warehouses: store.LotWarehouse[]; actor: Actor; times: FactTimes },
): Promise<void> {
  const { actor, times } = by;
  const { occurredAt, recordedAt } = times;
  for (const lot of lots) {
    const scope = [...new Set(by.warehouses.filter(({ lotId }) => lotId === lot.id).flatMap((one) => one.scope))];
    if (scope.length === 0) continue; // kits that were never put into a bin: nobody to tell
    const { id, version } = lot;
    await recordChange(tx, {
      kind: `lot.${lot.state === 'good' ? 'released' : lot.state}`, subject: 'lot', id, version, scope, data: store.toLotStateDto(lot), actor,
      occurredAt, recordedAt,
    }); // prettier-ignore
  }
}

/** Levels of lots that changed; what only lies in a kit that stays as it is changes nothing. */
async function levelsToTell(tx: Tx, changed: store.LotRow[], { levelIds }: Locked): Promise<string[]> {
  const own = new Set(await store.levelsOfLots(tx, changed.map(({ id }) => id))); // prettier-ignore
  return levelIds.filter((id) => own.has(id));
}

async function trace(tx: Tx, id: string, keys: string[]): Promise<LotTraceDto> {
  const parts = await partsOfLot(tx, id);
  const kits = await store.unitsInKits(tx, id);
  const kitIds = kits.map(({ kitLotId }) => kitLotId);
  const partIds = [...new Set(parts.map((part) => part.partLotId))];
  const lots = new Map((await store.findLots(tx, [id, ...kitIds, ...partIds])).map((lot) => [lot.id, store.toLotStateDto(lot)])); // prettier-ignore
  const donors = await store.donorsOfLots(tx, [id, ...partIds]);
  const concerned = [id, ...kitIds];
  return {
    lot: lots.get(id)!,
    contains: parts.map(({ partLotId, units, fund }) => ({
      lot: lots.get(partLotId)!,
      units,
      fund,
      donors: donors.get(partLotId) ?? [],
    })),
    containedIn: kits.map(({ kitLotId, units }) => ({ lot: lots.get(kitLotId)!, units })),
    donors: donors.get(id) ?? [],
    ...(await store.whereAreLots(tx, concerned, keys)),
    promised: await store.promisesOfLots(tx, concerned, keys),
    delivered: await store.recipientsOfLots(tx, concerned, keys),
  };
}
