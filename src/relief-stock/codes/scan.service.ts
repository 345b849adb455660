import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { Problem } from '../../shared/problem.js';
import { dayOf } from '../days.rules.js';
import { itemsByIds, lotsByIds } from '../item.store.js';
import type { BoxDto } from '../boxes/box.dto.js';
import { boxDtos } from '../boxes/box-shelf.service.js';
import { boxSeen } from '../boxes/box.store.js';
import type { ItemDto, LotDto } from '../relief-stock.dto.js';
import type { Found, ScanCode, ScanResult } from './codes.dto.js';
import * as store from './codes.store.js';
import type { GoodsFacts } from './gs1.rules.js';
import { noticesOf } from './notices.rules.js';
import type { OwnCode } from './own-code.rules.js';
import { parseScan, type Scan } from './scan.rules.js';
import { StockDesk } from '../stock-desk.js';

const MOST_FOUND = 20;

@Injectable()
export class ScanService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly desk: StockDesk,
  ) {}

  /**
   * What a scanned text is, as far as the actor may see. Refusals of the text itself: see `parseScan`; 404 `scan.not-found` when a code of
   * ours, or a typed one, names nothing that the actor may see. Unknown goods are no refusal: their facts and a notice are the answer.
   */
  async scan(actor: Actor, input: ScanCode): Promise<ScanResult> {
    const today = dayOf(this.clock.now());
    return read(this.db, async (tx) => {
      const scan = await this.parsed(tx, { actor, input, today });
      if (scan.kind === 'text') return this.called(tx, { actor, input, scan, today });
      if (scan.own) return this.own(tx, { actor, input, scan, own: scan.own, today });
      return this.goods(tx, { actor, input, scan, today });
    });
  }

  /** A lot code may look like an article number that was misread: it is one when it names a lot. */
  private async parsed(tx: Tx, at: { actor: Actor; input: ScanCode; today: string }): Promise<Scan> {
    try {
      return parseScan(at.input.text, at.today);
    } catch (error) {
      const text = at.input.text.trim();
      if (!(error instanceof Problem && error.code === 'scan.check-digit' && /^\d+$/.test(text))) throw error;
      const lots = await store.lotsSeen(tx, { code: text }, { ...seenBy(at), limit: 1 });
      if (lots.length === 0) throw error;
      return { kind: 'text', text };
    }
  }

  private async goods(tx: Tx, at: Asked): Promise<ScanResult> {
    const said: GoodsFacts = at.scan;
    if (said.sscc && !said.gtin && !said.lot) return this.box(tx, at, { sscc: said.sscc });
    const pack = (said.gtin && (await store.findGtin(tx, said.gtin))) || null;
    const lots = said.lot
      ? await store.lotsSeen(tx, { code: said.lot, itemId: pack?.itemId }, { ...seenBy(at), limit: MOST_FOUND })
      : [];
    const items = await itemsOf(tx, pack ? [pack.itemId] : lots.map((lot) => lot.itemId));
    const known = pack || !said.gtin ? lots : []; // a number that we do not know says nothing about which of the lots it is
    const found = known.length > 0 ? known.map((lot) => ofLot(lot, items)) : [...items.values()].filter(() => pack).map(ofItem); // prettier-ignore
    return {
      scan: at.scan,
      found,
      pack,
      notices: this.notices(said, { lots: known, items, pack, today: at.today }),
      box: null,
    };
  }

  private async own(tx: Tx, at: Asked & { own: OwnCode }): Promise<ScanResult> {
    const { kind, id } = at.own;
    if (kind === 'box') {
      const boxed = await this.box(tx, at, { id });
      if (!boxed.box) throw notFoundText(at.input.text);
      return boxed;
    }
    if (kind === 'lot') {
      const lots = await store.lotsSeen(tx, { ids: [id] }, { ...seenBy(at), limit: 1 });
      return this.lots(tx, at, lots);
    }
    const found = store.isPlaceKind(kind)
      ? await this.places(tx, [await store.placeSeen(tx, kind, id, at.actor.keys)])
      : [await this.desk.codes.get(kind)?.(tx, at.actor, id)];
    if (!found[0]) throw notFoundText(at.input.text);
    return { scan: at.scan, found: [found[0]], pack: null, notices: [], box: null };
  }

  private async called(tx: Tx, at: Asked): Promise<ScanResult> {
    const code = at.scan.text!;
    const { keys, warehouseId } = seenBy(at);
    const called = await store.placesCalled(tx, code, { keys, warehouseId, limit: MOST_FOUND + 1 });
    const places = await this.places(tx, called.slice(0, MOST_FOUND));
    const lots = await store.lotsSeen(tx, { code }, { keys, warehouseId, limit: MOST_FOUND });
    if (places.length === 0) return this.lots(tx, at, lots);
    const items = await itemsOf(tx, lots.map((lot) => lot.itemId)); // prettier-ignore
    return {
      scan: at.scan,
      found: [...places, ...lots.map((lot) => ofLot(lot, items))],
      pack: null,
      notices:
        called.length > MOST_FOUND ? [{ code: 'scan.more-found', params: { shown: MOST_FOUND }, blocks: false }] : [],
      box: null,
    };
  }

  private async lots(tx: Tx, at: Asked, lots: LotDto[]): Promise<ScanResult> {
    if (lots.length === 0) throw notFoundText(at.input.text);
    const items = await itemsOf(tx, lots.map((lot) => lot.itemId)); // prettier-ignore
    const notices = this.notices({}, { lots, items, pack: null, today: at.today });
    return { scan: at.scan, found: lots.map((lot) => ofLot(lot, items)), pack: null, notices, box: null };
  }

  /** A box or pallet with what it holds; lots of it that may not be given out are told like those of any scan. */
  private async box(tx: Tx, at: Asked, by: { id?: string; sscc?: string }): Promise<ScanResult> {
    const row = await boxSeen(tx, at.actor.keys, by);
    const [box] = row ? await boxDtos(tx, [row]) : [];
    if (!box) {
      const unknown = { code: 'scan.box-unknown', params: { sscc: by.sscc ?? '' }, blocks: false };
      return { scan: at.scan, found: [], pack: null, notices: [unknown], box: null };
    }
    const ids = [...new Set(box.contents.map(({ lotId }) => lotId))];
    const lots = await lotsByIds(tx, ids);
    const items = await itemsOf(tx, lots.map((lot) => lot.itemId)); // prettier-ignore
    const notices = lots.flatMap((lot) =>
      this.notices({}, { lots: [lot], items, pack: null, today: at.today }).filter(({ blocks }) => blocks),
    );
    return { scan: at.scan, found: [ofBox(box)], pack: null, notices, box };
  }

  private async places(tx: Tx, places: (store.NamedPlace | undefined)[]): Promise<Found[]> {
    const named = places.filter((place) => place !== undefined);
    const items = await itemsOf(tx, named.flatMap(({ itemId }) => itemId ?? [])); // prettier-ignore
    return named.map(({ itemId, ...place }) => ({ ...place, item: items.get(itemId ?? '') ?? null, lot: null }));
  }

  private notices(
    said: GoodsFacts,
    known: { lots: LotDto[]; items: Map<string, ItemDto>; pack: ScanResult['pack']; today: string },
  ) {
    const item = known.items.get(known.pack?.itemId ?? known.lots[0]?.itemId ?? '');
    return noticesOf(said, {
      lots: known.lots,
      hasItem: known.pack !== null,
      itemCode: item?.code ?? '',
      today: known.today,
    });
  }
}

interface Asked {
  actor: Actor;
  input: ScanCode;
  scan: Scan;
  today: string;
}
const seenBy = ({ actor, input }: { actor: Actor; input: ScanCode }) => ({
  keys: actor.keys,
  warehouseId: input.warehouseId,
});
const notFoundText = (text: string) => new Problem('scan.not-found', { text: text.slice(0, 80) });
const itemsOf = async (tx: Tx, ids: string[]): Promise<Map<string, ItemDto>> =>
  new Map(ids.length ? (await itemsByIds(tx, ids)).map((item) => [item.id, item]) : []);
const ofItem = (item: ItemDto): Found => ({
  kind: 'item', id: item.id, code: item.code, name: item.name, warehouseId: null, item, lot: null,
}); // prettier-ignore
const ofBox = ({ id, sscc, warehouseName, warehouseId }: BoxDto): Found => ({
  kind: 'box', id, code: sscc, name: warehouseName, warehouseId, item: null, lot: null,
}); // prettier-ignore
const ofLot = (lot: LotDto, items: Map<string, ItemDto>): Found => {
  const item = items.get(lot.itemId) ?? null;
  return { kind: 'lot', id: lot.id, code: lot.code, name: item?.name ?? '', warehouseId: null, item, lot };
};
