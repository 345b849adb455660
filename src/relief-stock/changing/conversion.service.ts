import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { idFrom, newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { ensure, notFound, Problem } from '../../shared/problem.js';
import { dayOf } from '../days.rules.js';
import { numberFor } from '../document.service.js';
import { type FactTimes, factTimesOf } from '../fact-times.rules.js';
import { pickUnits, shortage, skipReason } from '../fefo.rules.js';
import { itemsByIds, makeLots } from '../item.store.js';
import { accountAt, levelId, openLevels, type Place, type Posting, postMovements } from '../ledger.service.js';
import { lockLevels } from '../ledger.store.js';
import { mustBeFunds } from '../receiving/intent.service.js';
import type { ItemDto, LotDto } from '../relief-stock.dto.js';
import { binsOf, findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import type { AssembleKits, ConversionDto, ConversionsQuery, UnpackKits } from './kit.dto.js';
import { fundOfKit, type KitPart, type KitRun, kitRuns, mustMakeKits, type TakenPart } from './kit.rules.js';
import * as store from './kit.store.js';

type Taken = TakenPart & store.GoodsCell;
interface Work {
  id: string;
  number: string;
  warehouse: WarehouseRow;
  times: FactTimes;
  actor: Actor;
}

/** Kits from parts, and parts from kits: one balanced posting each. */
@Injectable()
export class ConversionService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes kits in a warehouse. Kits that hold the same lots become one lot, which expires with its first part. 404 `kit.not-found`,
   * `bin.not-found`, `stock-cell.not-found`, `fund.not-found`; 422 `stock.insufficient`, `stock.lot-expired`, `stock.lot-held`, `kit.parts-differ`,
   * `kit.mixed-owners`, `kit.mixed-funds`.
   */
  async assemble(actor: Actor, input: AssembleKits): Promise<ConversionDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const warehouse = await this.enter(tx, actor, input.warehouseId);
      const [kit] = await store.kitsOf(tx, [input.kitItemId]);
      if (!kit) throw notFound('kit', input.kitItemId);
      const bin = await binOf(tx, warehouse, input.binId);
      const pairs = [kit, ...kit.parts].map(({ itemId }) => ({ warehouseId: warehouse.id, itemId }));
      await openLevels(tx, pairs);
      await lockLevels(tx, pairs.map(levelId)); // prettier-ignore
      const items = new Map((await itemsByIds(tx, pairs.map(({ itemId }) => itemId))).map((item) => [item.id, item])); // prettier-ignore
      await mustBeFunds(tx, [input.fund]);
      const taken = await takeParts(tx, { input, warehouse, parts: kit.parts, items, today: dayOf(times.now) });
      const fund = fundOfKit(taken.map((part) => part.fund), input.fund); // prettier-ignore
      const runs = kitRuns(kit.parts, taken, input.kits);
      const number = await numberFor(tx, {
        kind: 'conversion',
        id: input.id,
        adcode: warehouse.societyAdcode,
        now: times.now,
      });
      const work: Work = { id: input.id ?? newId(), number, warehouse, times, actor };
      const lots = await makeKitLots(tx, work, { kitItemId: kit.itemId, runs });
      const ownerSocietyId = taken[0]!.ownerSocietyId;
      const made = runs.map((run, n) => ({ ...run, lot: lots[n]!, binId: bin.id, ownerSocietyId, fund }));
      await store.insertLotParts(tx, made.flatMap(({ lot, contains }) => contains.map((part) => ({
        kitLotId: lot.id, partLotId: part.lotId, ownerSocietyId, fund: part.fund, units: part.units, assemblyId: work.id,
      })))); // prettier-ignore
      const postings = [
        ...taken.map((part) => outOfBin(part, conversionAt(work.id, number, warehouse.id))),
        ...made.map(({ lot, kits }) => intoBin({ itemId: kit.itemId, lotId: lot.id, condition: 'good', ownerSocietyId, fund }, {
          from: conversionAt(work.id, number, warehouse.id), bin: binPlace(warehouse.id, bin), units: kits,
        })),
      ]; // prettier-ignore
      return this.write(tx, work, { kind: 'assemble', input, kitItemId: kit.itemId, postings, lots: made.map(toLot), parts: taken.map(toPart) }); // prettier-ignore
    });
  }

  /**
   * Opens whole kits of one cell: every part goes back into its own lot and purpose. Kits of a held lot may be opened, so that the part
   * which is at fault can be taken out. 404 `stock-cell.not-found`, `bin.not-found`; 422 `kit.parts-unknown` for kits that were bought
   * as such, `stock.insufficient`.
   */
  async unpack(actor: Actor, input: UnpackKits): Promise<ConversionDto> {
    const times = factTimesOf(input, this.clock.now());
    return inCommand(this.db, actor, async (tx) => {
      const warehouse = await this.enter(tx, actor, input.warehouseId);
      const cell = await store.findGoods(tx, input.cellId);
      if (!cell || cell.warehouseId !== warehouse.id) throw notFound('stock-cell', input.cellId);
      const bin = await binOf(tx, warehouse, input.binId ?? cell.binId);
      const held = await store.partsOfLot(tx, cell.lotId);
      if (held.length === 0) throw new Problem('kit.parts-unknown', { lot: cell.lotCode });
      const pairs = held.map((part) => ({ warehouseId: warehouse.id, itemId: part.partItemId }));
      await openLevels(tx, pairs);
      await lockLevels(tx, [cell.levelId, ...pairs.map(levelId)]);
      const number = await numberFor(tx, {
        kind: 'conversion',
        id: input.id,
        adcode: warehouse.societyAdcode,
        now: times.now,
      });
      const work: Work = { id: input.id ?? newId(), number, warehouse, times, actor };
      const account = conversionAt(held[0]!.assemblyId, null, warehouse.id);
      const { condition, ownerSocietyId } = cell;
      const parts = held.map((part) => ({
        itemId: part.partItemId, lotId: part.partLotId, lotCode: part.partLotCode, binId: bin.id, binCode: bin.code, ownerSocietyId,
        fund: part.fund, condition, units: part.units * input.kits,
      })); // prettier-ignore
      const postings = [
        outOfBin({ ...cell, units: input.kits }, account),
        ...parts.map((part) => intoBin(part, { from: account, bin: binPlace(warehouse.id, bin), units: part.units })),
      ];
      const contains = held.map(({ partLotId: lotId, fund, units }) => ({ lotId, fund, units }));
      const { lotId, lotCode, expiresOn, source, binId, fund } = cell;
      const lots = [{ lotId, lotCode, expiresOn, source, binId, ownerSocietyId, fund, kits: input.kits, contains }];
      return this.write(tx, work, { kind: 'unpack', input, kitItemId: cell.itemId, postings, lots, parts });
    });
  }

  async conversions(actor: Actor, query: ConversionsQuery) {
    const before = decodeCursor(query.cursor, ['string', 'string']) as [string, string] | null;
    const page = { keys: actor.keys, before, limit: query.limit + 1 };
    const rows = await read(this.db, (tx) => store.conversionsBefore(tx, query, page));
    return toPage(rows, query.limit, (row) => [row.receivedAt, row.id]);
  }

  /** 404 `conversion.not-found`. */
  async conversion(actor: Actor, id: string): Promise<ConversionDto> {
    return read(this.db, async (tx) => {
      const row = visibleOr404(actor, await store.findConversion(tx, id), 'conversion', id);
      return store.conversionDtoOf(tx, row);
    });
  }

  private async enter(tx: Tx, actor: Actor, warehouseId: string): Promise<WarehouseRow> {
    const warehouse = visibleOr404(actor, await findWarehouse(tx, warehouseId), 'warehouse', warehouseId);
    allow(actor, 'stock.adjust', { paths: [warehouse.societyPath], warehouseId });
    return warehouse;
  }

  private async write(
    tx: Tx,
    { id, number, warehouse, times, actor }: Work,
    what: Pick<ConversionDto, 'kind' | 'kitItemId' | 'lots' | 'parts'> & {
      input: AssembleKits | UnpackKits;
      postings: Posting[];
    },
  ): Promise<ConversionDto> {
    const { kind, kitItemId, lots, parts, input, postings } = what;
    const { now, occurredAt, recordedAt } = times;
    const row: store.ConversionRow = {
      id, number, kind, warehouseId: warehouse.id, kitItemId, kits: input.kits, status: 'posted', note: input.note, lots, parts,
      postedBy: actor.name, occurredAt, recordedAt, receivedAt: now, version: 1,
    }; // prettier-ignore
    await store.insertConversion(tx, row);
    await postMovements(tx, { causeId: id, document: number, postings, actor, ...times });
    const data = await store.conversionDtoOf(tx, row);
    const { scope } = warehouse;
    await recordChange(tx, {
      kind: `kits.${kind === 'assemble' ? 'assembled' : 'unpacked'}`, subject: 'stock-conversion', id, version: 1, scope, data, actor, occurredAt,
      recordedAt,
    }); // prettier-ignore
    return data;
  }
}

/** The parts of the kits: those that are named, or first expired first, of the purpose asked for and then without one. */
async function takeParts(
  tx: Tx,
  ask: { input: AssembleKits; warehouse: WarehouseRow; parts: KitPart[]; items: Map<string, ItemDto>; today: string },
): Promise<Taken[]> {
  const { input, warehouse, parts, items, today } = ask;
  const levelIds = parts.map(({ itemId }) => levelId({ warehouseId: warehouse.id, itemId }));
  const cells = await store.lockGoods(tx, levelIds);
  const codeOf = (itemId: string): string => items.get(itemId)!.code;
  if (input.parts) return namedParts(input, { cells, parts, items, codeOf, warehouse: warehouse.code, today });
  const own = cells.filter(({ ownerSocietyId }) => ownerSocietyId === warehouse.societyId);
  return parts.flatMap(({ itemId, units }) => {
    const use = { arrivalOn: today, minimumUseDays: items.get(itemId)!.minimumUseDays };
    const requested = units * input.kits;
    const ofItem = own.filter((cell) => cell.itemId === itemId);
    const bound = pickUnits(ofItem.filter(({ fund }) => fund === (input.fund ?? null)), use, requested); // prettier-ignore
    const missing = requested - Math.min(requested, bound.availableUnits);
    const free = pickUnits(input.fund ? ofItem.filter(({ fund }) => fund === null) : [], use, missing); // prettier-ignore
    if (free.availableUnits < missing) {
      const all = {
        ...bound,
        availableUnits: bound.availableUnits + free.availableUnits,
        skipped: [...bound.skipped, ...free.skipped],
      };
      throw shortage(all, { warehouse: warehouse.code, item: codeOf(itemId), requested });
    }
    return [...bound.portions, ...free.portions].map((portion) => ({
      ...cells.find((cell) => cell.cellId === portion.cellId)!, units: portion.units,
    })); // prettier-ignore
  });
}

function namedParts(
  input: AssembleKits,
  known: {
    cells: store.GoodsCell[];
    parts: KitPart[];
    items: Map<string, ItemDto>;
    codeOf: (itemId: string) => string;
    warehouse: string;
    today: string;
  },
): Taken[] {
  const { cells, parts, items, codeOf, warehouse, today } = known;
  const sums = new Map<string, number>();
  for (const { cellId, units } of input.parts!) sums.set(cellId, (sums.get(cellId) ?? 0) + units);
  const taken = [...sums].map(([cellId, units]): Taken => {
    const cell = cells.find((one) => one.cellId === cellId);
    if (!cell) throw notFound('stock-cell', cellId);
    const item = codeOf(cell.itemId);
    const skip = skipReason(cell, { arrivalOn: today, minimumUseDays: items.get(cell.itemId)!.minimumUseDays });
    if (skip === 'expired' || skip === 'life-too-short')
      throw new Problem('stock.lot-expired', { lot: cell.lotCode, item });
    if (skip) throw new Problem('stock.lot-held', { lot: cell.lotCode, item });
    if (units > cell.freeUnits)
      throw new Problem('stock.insufficient', { warehouse, item, available: cell.freeUnits, requested: units });
    return { ...cell, units };
  });
  mustMakeKits(parts, taken, { kits: input.kits, codeOf });
  if (new Set(taken.map(({ ownerSocietyId }) => ownerSocietyId)).size > 1) throw new Problem('kit.mixed-owners', {});
  return taken;
}

/** One lot a run, named by the paper: nobody else's goods ever join it. */
async function makeKitLots(tx: Tx, work: Work, made: { kitItemId: string; runs: KitRun[] }): Promise<LotDto[]> {
  const asked = made.runs.map(({ expiresOn, source }, n) => ({
    id: idFrom('kit-lot', work.id, String(n)), itemId: made.kitItemId, code: `${work.number}-${n + 1}`, expiresOn, source,
    receivedOn: dayOf(work.times.occurredAt),
  })); // prettier-ignore
  const lots = new Map((await makeLots(tx, asked)).map((lot) => [lot.id, lot]));
  return asked.map(({ id }) => {
    const lot = lots.get(id);
    ensure(lot !== undefined, 'S3 kits belong to a lot of their own');
    return lot;
  });
}

/** The account that holds the parts of an assembly's kits for as long as they are kits; one in each warehouse where they are opened. */
const conversionAt = (assemblyId: string, number: string | null, warehouseId: string): Place => ({
  kind: 'conversion', warehouseId, placeCode: assemblyId, placeName: number,
}); // prettier-ignore

const binPlace = (warehouseId: string, bin: { id: string; code: string }): Place => ({
  kind: 'bin', warehouseId, placeId: bin.id, placeCode: bin.code, placeName: null,
}); // prettier-ignore

type Goods = Pick<Taken, 'itemId' | 'lotId' | 'condition' | 'ownerSocietyId' | 'fund'>;

function outOfBin(
  goods: Goods & { binId: string; binCode: string; warehouseId: string; units: number },
  to: Place,
): Posting {
  const bin = binPlace(goods.warehouseId, { id: goods.binId, code: goods.binCode });
  return { from: accountAt(bin, goods), to: accountAt(to, goods), units: goods.units, reason: 'conversion' };
}

const intoBin = (goods: Goods, { from, bin, units }: { from: Place; bin: Place; units: number }): Posting => ({
  from: accountAt(from, goods), to: accountAt(bin, goods), units, reason: 'conversion',
}); // prettier-ignore

async function binOf(tx: Tx, warehouse: WarehouseRow, binId: string): Promise<{ id: string; code: string }> {
  const bin = (await binsOf(tx, warehouse.id)).find(({ id }) => id === binId);
  if (!bin) throw notFound('bin', binId);
  return bin;
}

const toLot = ({ lot, ...run }: KitRun & { lot: LotDto; binId: string; ownerSocietyId: string; fund: string | null }) => ({
  lotId: lot.id, lotCode: lot.code, ...run,
}); // prettier-ignore

const toPart = ({ itemId, lotId, lotCode, binId, binCode, ownerSocietyId, fund, condition, units }: Taken) => ({
  itemId, lotId, lotCode, binId, binCode, ownerSocietyId, fund, condition, units,
}); // prettier-ignore
