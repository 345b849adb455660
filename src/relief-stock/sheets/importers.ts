import { type Actor, allow, EVERYONE } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { recordChange, recordChanges } from '../../journal/index.js';
import { idFrom, newId } from '../../shared/ids.js';
import { ensure, Problem } from '../../shared/problem.js';
import { allowAnywhere } from '../catalogue.service.js';
import { makeLots } from '../item.store.js';
import { fundsByCodes } from '../receiving/fund.store.js';
import { accountAt, levelId, openLevels, type Posting, postMovements } from '../ledger.service.js';
import { lockLevels } from '../ledger.store.js';
import type { BinDto, ItemDto, LotDto } from '../relief-stock.dto.js';
import { binsOf, lockWarehouse, type WarehouseRow } from '../warehouse.store.js';
import type { ImportKind } from './import-columns.data.js';
import * as store from './import.store.js';
import { flaw, type ReadSheet, repeated } from './rows.rules.js';
import type { CellValue, Flaw, ReadRow } from './sheets.types.js';

export interface ImportContext {
  actor: Actor;
  sheet: ReadSheet;
  warehouse: WarehouseRow | null;
  now: Date;
  today: string;
  fileHash: string;
}
/** What an import refuses, what it locks and checks, what it does with rows that have no flaw. */
export interface Importer {
  needsWarehouse: boolean;
  allow(actor: Actor, warehouse: WarehouseRow | null): void;
  /** Takes the locks that the checks need. Left out in a dry run. */
  lock?(tx: Tx, context: ImportContext): Promise<void>;
  check(tx: Tx, context: ImportContext): Promise<Flaw[]>;
  load?(tx: Tx, context: ImportContext): Promise<void>;
  /** For imports that only read: the rows as another command takes them. */
  lines?(tx: Tx, context: ImportContext): Promise<Record<string, unknown>[]>;
}

const textOf = (value: CellValue | undefined): string => (typeof value === 'string' ? value : '');
const orNull = <T>(value: CellValue | undefined): T | null => (value ?? null) as T | null;
const at = (warehouse: WarehouseRow | null): WarehouseRow => {
  ensure(warehouse !== null, 'an import of a warehouse has one');
  return warehouse;
};

const items: Importer = {
  needsWarehouse: false,
  allow: (actor) => allowAnywhere(actor),
  async check(tx, { sheet }) {
    const codes = sheet.rows.map(({ values }) => textOf(values.code));
    const taken = new Set((await store.itemsByCodes(tx, codes)).map(({ code }) => code));
    const exists = sheet.rows.filter(({ values }) => taken.has(textOf(values.code)));
    return [
      ...repeated(sheet, ({ code }) => textOf(code) || null, 'code'),
      ...exists.map(({ row, values }) => flaw(sheet.refOf(row, 'code'), 'cell.exists', { code: textOf(values.code) })),
      ...sheet.rows
        .filter(({ values }) => values.gbCode && !textOf(values.gbCode).startsWith(String(values.gbClass)))
        .map(({ row, values }) =>
          flaw(sheet.refOf(row, 'gbCode'), 'cell.gb-code-class', { code: textOf(values.gbCode) }),
        ),
    ];
  },
  async load(tx, { sheet, actor }) {
    const made = sheet.rows.map(({ values }): ItemDto => ({
      id: newId(), code: textOf(values.code), name: textOf(values.name), nameEn: textOf(values.nameEn), gbClass: Number(values.gbClass),
      unit: textOf(values.unit), weightG: Number(values.weightKg), volumeCm3: Number(values.volumeM3),
      shelfMonths: orNull(values.shelfMonths), priceFen: orNull(values.priceYuan), seasonMonths: orNull(values.seasonMonths),
      minimumUseDays: Number(values.minimumUseDays ?? 0), gbCode: orNull(values.gbCode), eicCode: orNull(values.eicCode), version: 1,
    })); // prettier-ignore
    if ((await store.insertItems(tx, made)) < made.length) throw new Problem('import.overtaken');
    const told = { kind: 'item.added', subject: 'item', version: 1, scope: [EVERYONE], actor };
    await recordChanges(tx, made.map((data) => ({ ...told, id: data.id, data }))); // prettier-ignore
  },
};

const bins: Importer = {
  needsWarehouse: true,
  allow: (actor, warehouse) => allow(actor, 'warehouse.manage', { paths: [at(warehouse).societyPath], warehouseId: at(warehouse).id }), // prettier-ignore
  lock: async (tx, { warehouse }) => void (await lockWarehouse(tx, at(warehouse).id)),
  async check(tx, { sheet, warehouse }) {
    const taken = new Set((await binsOf(tx, at(warehouse).id)).map(({ code }) => code));
    const exists = sheet.rows.filter(({ values }) => taken.has(textOf(values.binCode)));
    return [
      ...repeated(sheet, ({ binCode }) => textOf(binCode) || null, 'binCode'),
      ...exists.map(({ row, values }) => flaw(sheet.refOf(row, 'binCode'), 'cell.exists', { code: textOf(values.binCode) })), // prettier-ignore
    ];
  },
  async load(tx, { sheet, actor, warehouse }) {
    const warehouseId = at(warehouse).id;
    const made = sheet.rows.map(({ values }): BinDto => ({ id: newId(), warehouseId, code: textOf(values.binCode) }));
    await store.insertBins(tx, made);
    const told = { kind: 'bin.added', subject: 'bin', version: 1, scope: at(warehouse).scope, actor };
    await recordChanges(tx, made.map((data) => ({ ...told, id: data.id, data }))); // prettier-ignore
  },
};

interface GoodsLine {
  isFund: boolean;
  row: number;
  item: store.KnownItem | undefined;
  bin: BinDto | undefined;
  values: ReadRow['values'];
}

/** Items, bins and funds that rows of goods name, each looked up once. */
async function goodsLines(
  tx: Tx,
  { sheet, warehouse }: ImportContext,
): Promise<{ lines: GoodsLine[]; bins: BinDto[] }> {
  const codes = [...new Set(sheet.rows.map(({ values }) => textOf(values.itemCode)))];
  const known = new Map((await store.itemsByCodes(tx, codes)).map((item) => [item.code, item]));
  const here = await binsOf(tx, at(warehouse).id);
  const byCode = new Map(here.map((bin) => [bin.code, bin]));
  const named = sheet.rows.map(({ values }) => textOf(values.fund)).filter((fund) => fund !== '');
  const funds = new Set((await fundsByCodes(tx, [...new Set(named)])).map(({ code }) => code));
  const lines = sheet.rows.map(({ row, values }) => {
    const [binCode, fund] = [textOf(values.binCode), textOf(values.fund)];
    const isFund = fund === '' || funds.has(fund);
    return {
      isFund,
      row,
      values,
      item: known.get(textOf(values.itemCode)),
      bin: binCode ? byCode.get(binCode) : here[0],
    };
  });
  return { lines, bins: here };
}

function goodsFlaws(sheet: ReadSheet, lines: GoodsLine[]): Flaw[] {
  return lines.flatMap(({ row, item, bin, isFund, values }) => {
    const [itemCode, binCode] = [textOf(values.itemCode), textOf(values.binCode)];
    return [
      ...(itemCode && !item ? [flaw(sheet.refOf(row, 'itemCode'), 'cell.item-unknown', { code: itemCode })] : []),
      ...(isFund ? [] : [flaw(sheet.refOf(row, 'fund'), 'cell.fund-unknown', { code: textOf(values.fund) })]),
      ...(binCode && !bin ? [flaw(sheet.refOf(row, 'binCode'), 'cell.bin-unknown', { code: binCode })] : []),
    ];
  });
}

const receiptLines: Importer = {
  needsWarehouse: true,
  allow: (actor, warehouse) => allow(actor, 'stock.receive', { paths: [at(warehouse).societyPath], warehouseId: at(warehouse).id }), // prettier-ignore
  check: async (tx, context) => goodsFlaws(context.sheet, (await goodsLines(tx, context)).lines),
  lines: async (tx, context) =>
    (await goodsLines(tx, context)).lines.map(({ item, bin, values }) => ({
      itemId: item!.id, lotCode: values.lotCode, units: values.units, expiresOn: values.expiresOn ?? null, binId: bin?.id,
      ...(values.fund ? { fund: values.fund } : {}), ...(values.overrideReason ? { overrideReason: values.overrideReason } : {}),
    })), // prettier-ignore
};

const sourceOf = (values: ReadRow['values']): LotDto['source'] => (textOf(values.source) || 'other') as LotDto['source']; // prettier-ignore
const lotNameOf = ({ item, values }: GoodsLine): string =>
  [item!.id, values.lotCode, textOf(values.expiresOn) || '-', sourceOf(values)].join(' ');

/** The stock of the first day. Only for goods that the warehouse's book has never seen: afterwards counts and adjustments say why. */
const opening: Importer = {
  needsWarehouse: true,
  allow: (actor, warehouse) => allow(actor, 'warehouse.manage', { paths: [at(warehouse).societyPath], warehouseId: at(warehouse).id }), // prettier-ignore
  async lock(tx, context) {
    const { lines } = await goodsLines(tx, context);
    const itemIds = [...new Set(lines.flatMap(({ item }) => item?.id ?? []))];
    const pairs = itemIds.map((itemId) => ({ warehouseId: at(context.warehouse).id, itemId }));
    await openLevels(tx, pairs);
    await lockLevels(tx, pairs.map(levelId)); // prettier-ignore
  },
  async check(tx, context) {
    const { sheet, today } = context;
    const { lines, bins: here } = await goodsLines(tx, context);
    if (here.length === 0) throw new Problem('warehouse.no-bin', { warehouse: at(context.warehouse).code });
    const known = lines.filter(({ item }) => item);
    const itemIds = [...new Set(known.map(({ item }) => item!.id))];
    const moved = await store.itemsMoved(tx, at(context.warehouse).id, itemIds);
    const aside = await store.lotsSetAside(tx, itemIds);
    const named = (line: GoodsLine, key: string) => sheet.refOf(line.row, key);
    return [
      ...goodsFlaws(sheet, lines),
      ...known.filter(({ item }) => moved.has(item!.id)).map((line) => flaw(named(line, 'itemCode'), 'cell.opened-before', { code: line.item!.code })),
      ...known.filter((line) => aside.has(lotNameOf(line))).map((line) => flaw(named(line, 'lotCode'), 'cell.lot-held', { lot: textOf(line.values.lotCode) })),
      ...lines.filter(({ values }) => textOf(values.receivedOn) > today).map((line) => flaw(named(line, 'receivedOn'), 'cell.day-ahead', { day: textOf(line.values.receivedOn) })),
      ...repeated(sheet, (values) => openingKey(values), 'lotCode'),
    ]; // prettier-ignore
  },
  load: loadOpening,
};

function openingKey(values: ReadRow['values']): string | null {
  const parts = ['itemCode', 'lotCode', 'expiresOn', 'source', 'binCode', 'fund'].map((key) => values[key] ?? '');
  return values.itemCode && values.lotCode ? JSON.stringify(parts) : null;
}

async function loadOpening(tx: Tx, context: ImportContext): Promise<void> {
  const { actor, now, today, fileHash } = context;
  const warehouse = at(context.warehouse);
  const { lines } = await goodsLines(tx, context);
  const asked = new Map(
    lines.map((line) => {
      const { item, values } = line;
      const [code, expiresOn, source] = [textOf(values.lotCode), orNull<string>(values.expiresOn), sourceOf(values)];
      const id = idFrom('lot', item!.id, code, expiresOn ?? '', source);
      return [lotNameOf(line), { id, itemId: item!.id, code, expiresOn, source, receivedOn: textOf(values.receivedOn) || today }];
    }),
  ); // prettier-ignore
  const lots = new Map((await makeLots(tx, [...asked.values()])).map((lot) => [[lot.itemId, lot.code, lot.expiresOn ?? '-', lot.source].join(' '), lot])); // prettier-ignore
  const id = newId();
  const start = { kind: 'opening' as const, warehouseId: warehouse.id, placeCode: id, placeName: 'opening' };
  const postings = lines.map((line): Posting => {
    const lot = lots.get(lotNameOf(line));
    ensure(lot !== undefined && line.bin !== undefined, 'S3 opening stock belongs to a lot and a bin');
    const goods = {
      itemId: lot.itemId, lotId: lot.id, condition: 'good' as const, ownerSocietyId: warehouse.societyId, fund: orNull<string>(line.values.fund),
    }; // prettier-ignore
    const bin = { kind: 'bin' as const, warehouseId: warehouse.id, placeId: line.bin.id, placeCode: line.bin.code, placeName: null }; // prettier-ignore
    return {
      from: accountAt(start, goods),
      to: accountAt(bin, goods),
      units: Number(line.values.units),
      reason: 'opening',
    };
  });
  await postMovements(tx, { causeId: id, document: 'opening', postings, actor, now, occurredAt: now });
  const units = postings.reduce((sum, posting) => sum + posting.units, 0);
  const data = { id, warehouseId: warehouse.id, rows: postings.length, units, fileHash, openedBy: actor.name };
  const { scope } = warehouse;
  await recordChange(tx, { kind: 'stock.opened', subject: 'stock-opening', id, version: 1, scope, data, actor });
}

export const IMPORTERS: Record<ImportKind, Importer> = { items, bins, opening, 'receipt-lines': receiptLines };
