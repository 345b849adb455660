import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, inSnapshot, nextNumber, read, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { notFound, Problem } from '../../shared/problem.js';
import { hasCheckDigit } from '../codes/barcode.rules.js';
import { factTimesOf } from '../fact-times.rules.js';
import { accountAt } from '../ledger.service.js';
import { lockLevels } from '../ledger.store.js';
import { moveInBins } from '../moving/bin-move.service.js';
import { binAccounts } from '../moving/bin-move.store.js';
import type { BinDto } from '../relief-stock.dto.js';
import { binsOf, findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import type { BoxDto, BoxesQuery, BoxForm, BreakBox, MoveBox, PackBox, PlaceBox, SendBox } from './box.dto.js';
import { type BoxStep, linesOfBox, type LooseCell, mustBeLoose, placeContents, ssccOf, takeBoxStep } from './box.rules.js'; // prettier-ignore
import { boxDtos, letGo, tellBoxes } from './box-shelf.service.js';
import * as store from './box.store.js';

/** Boxes and pallets: what lies together under one number. Packing, moving and opening change no balance; only a move moves goods. */
@Injectable()
export class BoxService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Says that loose units of a bin lie in a box, or boxes of a bin on a pallet. 404 `warehouse.not-found`, `bin.not-found`,
   * `cell.not-found`, `stock-box.not-found`; 422 `scan.check-digit`, `box.not-loose` (B1), `box.not-here`; 409 `stock-box.exists`.
   */
  async pack(actor: Actor, input: PackBox): Promise<BoxDto> {
    if (input.sscc && !hasCheckDigit(input.sscc)) throw new Problem('scan.check-digit', { number: input.sscc });
    return inCommand(this.db, actor, async (tx) => {
      const { bin } = await keptPlace(tx, actor, input);
      await looseIn(tx, bin, input.contents);
      const boxes = await boxesHere(tx, bin, input.boxIds);
      const now = this.clock.now();
      const sscc = input.sscc ?? ssccOf(this.config.SSCC_PREFIX, await nextNumber(tx, `sscc:${this.config.SSCC_PREFIX}`)); // prettier-ignore
      const { kind, warehouseId, binId, note, contents } = input;
      const id = input.id ?? newId();
      const box = { id, sscc, kind, warehouseId, binId, note, packedBy: actor.name, packedAt: now };
      if (!(await store.insertBox(tx, box))) throw new Problem('stock-box.exists', { sscc });
      await store.writeContents(tx, [id], contents.map((one) => ({ ...one, boxId: id }))); // prettier-ignore
      await store.putOnPallet(tx, boxes.map((one) => one.id), id); // prettier-ignore
      const told = await tellBoxes(tx, [id, ...boxes.map((one) => one.id)], { kind: 'box.packed', actor, now });
      return told.find((one) => one.id === id)!;
    });
  }

  /**
   * Moves a box, or a pallet with all on it, into another bin as a bin move of all that it holds: what was promised to somebody stays, and
   * the whole box with it (422 `stock.insufficient`). A box leaves its pallet.
   */
  async move(actor: Actor, id: string, input: MoveBox): Promise<BoxDto> {
    const times = factTimesOf(input, this.clock.now());
    return this.step(actor, { id, step: 'move', version: input.version }, async (tx, { rows, warehouse }) => {
      const bin = (await binsOf(tx, warehouse.id)).find((one) => one.id === input.toBinId);
      if (!bin) throw notFound('bin', input.toBinId);
      const ids = rows.map((row) => row.id);
      const held = (await store.contentsOf(tx, ids)).filter(({ boxId }) => ids.includes(boxId));
      const contents = await inBin(tx, bin, held);
      await store.takeOffShelf(tx, ids); // its units are loose while they move, so that they do not leave their own box
      const lines = held.map(({ contentId, units }) => ({ contentId, units, toBinId: bin.id }));
      await moveInBins(tx, actor, { input: { warehouseId: warehouse.id, note: input.note, lines }, times });
      const [box] = rows.filter((row) => row.id === id);
      if (box!.parentId) await store.putOnPallet(tx, [id], null);
      for (const row of rows) await store.saveBoxes(tx, [row.id], { ...row, binId: bin.id });
      await store.writeContents(tx, ids, contents);
      return 'box.moved';
    });
  }

  /** A box is opened, for good: its units lie loose where they are, boxes on a pallet stand by themselves. 409 `box.step-not-allowed`. */
  async break(actor: Actor, id: string, input: BreakBox): Promise<BoxDto> {
    return this.step(actor, { id, step: 'break', version: input.version }, async (tx, { rows, now }) => {
      await store.putOnPallet(tx, rows.filter(({ parentId }) => parentId !== null).map((row) => row.id), null); // prettier-ignore
      const opened = rows.filter((row) => row.id === id);
      await letGo(tx, opened, { status: 'broken', leftWith: opened[0]!.leftWith, by: actor.name, at: now });
      return 'box.broken';
    });
  }

  /** A box goes as a whole with a paper: who unpacks it reads what it held. The paper itself moves the units. */
  async send(actor: Actor, id: string, input: SendBox): Promise<BoxDto> {
    return this.step(actor, { id, step: 'send', version: input.version }, async (tx, { rows, now }) => {
      const [box] = rows.filter((row) => row.id === id);
      if (box!.parentId) await store.putOnPallet(tx, [id], null);
      await letGo(tx, rows, { status: 'left', leftWith: input.document, by: actor.name, at: now });
      return 'box.left';
    });
  }

  /**
   * A box that left stands, unopened, in a bin of this or another warehouse whose book has its goods. 404 as in `pack`; 422 `box.not-there`
   * when the ledger does not have them there (B1); 409 `box.step-not-allowed`.
   */
  async place(actor: Actor, id: string, input: PlaceBox): Promise<BoxDto> {
    return inCommand(this.db, actor, async (tx) => {
      const { bin, warehouse } = await keptPlace(tx, actor, input);
      if (!(await store.boxSeen(tx, actor.keys, { id }))) throw notFound('stock-box', id);
      const cells = await lockedLoose(tx, bin);
      const rows = await store.lockBoxes(tx, [id]);
      const box = mustTake(rows, { id, step: 'place', version: input.version });
      const ids = rows.map((row) => row.id);
      const held = (await store.contentsOf(tx, ids)).filter(({ boxId }) => ids.includes(boxId));
      await store.writeContents(tx, ids, placeContents(held, cells));
      if (box.parentId) await store.putOnPallet(tx, [id], null);
      const here = { status: 'packed', warehouseId: warehouse.id, binId: bin.id, leftWith: null, endedBy: null, endedAt: null } as const; // prettier-ignore
      await store.saveBoxes(tx, ids, here);
      const told = await tellBoxes(tx, ids, { kind: 'box.placed', actor, now: this.clock.now() });
      return told.find((one) => one.id === id)!;
    });
  }

  /** 404 `stock-box.not-found`. */
  async box(actor: Actor, id: string): Promise<BoxDto> {
    return inSnapshot(this.db, async (tx) => {
      const row = await store.boxSeen(tx, actor.keys, { id });
      if (!row) throw notFound('stock-box', id);
      return (await boxDtos(tx, [row]))[0]!;
    });
  }

  /** The lines of a form that a scan of the box fills. 404 `stock-box.not-found`. */
  async lines(actor: Actor, id: string, form: BoxForm) {
    return { items: linesOfBox(await this.box(actor, id), form), nextCursor: null };
  }

  /** By number. 404 `warehouse.not-found`. */
  async boxes(actor: Actor, query: BoxesQuery) {
    const [after] = decodeCursor(query.cursor, ['string']) ?? [null];
    const page = { after: after as string | null, limit: query.limit + 1 };
    const items = await read(this.db, async (tx) => {
      visibleOr404(actor, await findWarehouse(tx, query.warehouseId), 'warehouse', query.warehouseId);
      return boxDtos(tx, await store.boxesAfter(tx, { ...query, binId: query.binId }, page));
    });
    return toPage(items, query.limit, (box) => [box.sscc]);
  }

  /** Levels of its cells first, then the box and what stands on it, authority, version, table; then what is special about the step. */
  private async step(
    actor: Actor,
    ask: { id: string; step: Exclude<BoxStep, 'pack'>; version: number | undefined },
    take: (tx: Tx, held: { rows: store.BoxRow[]; warehouse: WarehouseRow; now: Date }) => Promise<string>,
  ): Promise<BoxDto> {
    return inCommand(this.db, actor, async (tx) => {
      const seen = await store.boxSeen(tx, actor.keys, { id: ask.id });
      if (!seen) throw notFound('stock-box', ask.id);
      const warehouse = (await findWarehouse(tx, seen.warehouseId))!;
      allow(actor, 'supply.keep', { paths: [warehouse.societyPath], warehouseId: warehouse.id });
      await lockedLoose(tx, { id: seen.binId, warehouseId: seen.warehouseId });
      const rows = await store.lockBoxes(tx, [ask.id]);
      mustStand(mustTake(rows, ask), seen);
      const now = this.clock.now();
      const kind = await take(tx, { rows, warehouse, now });
      const told = await tellBoxes(tx, rows.map((row) => row.id), { kind, actor, now }); // prettier-ignore
      return told.find((one) => one.id === ask.id)!;
    });
  }
}

function mustTake(
  rows: store.BoxRow[],
  { id, step, version }: { id: string; step: Exclude<BoxStep, 'pack'>; version: number | undefined },
): store.BoxRow {
  const box = rows.find((row) => row.id === id)!;
  if (version !== undefined && version !== box.version) throw new Problem('stock-box.stale', { version: box.version });
  takeBoxStep(box.status, step);
  return box;
}

/** Authority and locks were for the place where the box was seen. 409 `stock-box.stale` when it was taken elsewhere before it was locked. */
function mustStand(box: store.BoxRow, seen: store.BoxRow): void {
  if (box.binId !== seen.binId) throw new Problem('stock-box.stale', { version: box.version });
}

/** A bin of a warehouse whose keeper the actor is. */
async function keptPlace(tx: Tx, actor: Actor, { warehouseId, binId }: { warehouseId: string; binId: string }) {
  const warehouse = visibleOr404(actor, await findWarehouse(tx, warehouseId), 'warehouse', warehouseId);
  allow(actor, 'supply.keep', { paths: [warehouse.societyPath], warehouseId });
  const bin = (await binsOf(tx, warehouseId)).find((one) => one.id === binId);
  if (!bin) throw notFound('bin', binId);
  return { warehouse, bin };
}

/** The cells of a bin with what lies loose in them, under the locks of their levels: nothing is posted meanwhile, and what came since is left out. */
async function lockedLoose(tx: Tx, bin: Pick<BinDto, 'id' | 'warehouseId'>): Promise<LooseCell[]> {
  const place = { warehouseId: bin.warehouseId, binId: bin.id };
  const levels = new Set((await store.looseCells(tx, place)).map(({ levelId }) => levelId));
  await lockLevels(tx, [...levels]);
  return (await store.looseCells(tx, place)).filter(({ levelId }) => levels.has(levelId));
}

async function looseIn(tx: Tx, bin: BinDto, contents: PackBox['contents']): Promise<void> {
  const cells = new Map((await lockedLoose(tx, bin)).map((cell) => [cell.id, cell]));
  const unknown = contents.find(({ contentId }) => !cells.has(contentId));
  if (unknown) throw notFound('cell', unknown.contentId);
  mustBeLoose(contents, cells);
}

/** Boxes for a pallet: whole, in its bin, on no other pallet. */
async function boxesHere(tx: Tx, bin: BinDto, ids: string[]): Promise<store.BoxRow[]> {
  const rows = await store.lockBoxes(tx, ids);
  for (const id of ids) {
    const row = rows.find((one) => one.id === id);
    if (!row || row.warehouseId !== bin.warehouseId) throw notFound('stock-box', id);
    const fits = row.kind === 'box' && row.status === 'packed' && row.binId === bin.id && row.parentId === null;
    if (!fits) throw new Problem('box.not-here', { sscc: row.sscc });
  }
  return rows;
}

/** The same goods in another bin: the ids of the cells that the move makes. */
async function inBin(tx: Tx, bin: BinDto, held: { boxId: string; contentId: string; units: number }[]) {
  const accounts = await binAccounts(tx, bin.warehouseId, held.map(({ contentId }) => contentId)); // prettier-ignore
  const place = { kind: 'bin', warehouseId: bin.warehouseId, placeId: bin.id, placeCode: bin.code, placeName: null } as const; // prettier-ignore
  const into = new Map(accounts.map((account) => [account.id, accountAt(place, account).id]));
  return held.map(({ boxId, contentId, units }) => ({ boxId, contentId: into.get(contentId)!, units }));
}
