import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, inSnapshot, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { sentence } from '../../shared/i18n.js';
import { newId } from '../../shared/ids.js';
import { Problem } from '../../shared/problem.js';
import { type DrillRow, findDrill } from '../drill.store.js';
import { mayRunDrill } from '../may-run.js';
import { type Held, holdSheet, keepSheet } from './held-sheet.js';
import {
  type AddItem, type DrillSheetDto, type JudgeItem, type JudgementDto, type RemarksDto, SHEET_LIMITS, type SheetItemDto, type WriteRemarks,
} from './sheet.dto.js'; // prettier-ignore
import * as rules from './sheet.rules.js';
import * as store from './sheet.store.js';

/**
 * What people who run a drill saw of it, beside what its clocks say: in reality, during the drill and after it. Evaluators stand side by
 * side; nothing that was said is overwritten.
 */
@Injectable()
export class SheetService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The sheet. While the drill runs for who may run drills there; after its end for everybody who sees the drill, without who judged and what
   * he noted. 403 `access.denied` before.
   */
  async sheet(actor: Actor, drillId: string): Promise<DrillSheetDto> {
    return inSnapshot(this.db, async (tx) => {
      const drill = visibleOr404(actor, await findDrill(tx, drillId), 'drill', drillId);
      const runs = mayRunDrill(actor, drill);
      if (!runs && drill.state !== 'ended') allow(actor, 'drill.run', { paths: [drill.societyPath] });
      const dto = await sheetOf(tx, drill);
      return runs ? dto : { ...dto, items: dto.items.map((item) => ({ ...item, judgements: [] })) };
    });
  }

  /**
   * One evaluator's word about one item; said again, the former word is kept. 404 `drill-item.not-found`; 409 `drill.step-not-allowed`;
   * 422 `drill-item.left-out`, `drill-sheet.too-many-judgements`.
   */
  async judgeItem(actor: Actor, drillId: string, input: JudgeItem): Promise<JudgementDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await holdSheet(tx, actor, drillId, 'judge');
      const item = rules.itemOn(await itemsIn(tx, held), input.item);
      if (item.leftOut) throw new Problem('drill-item.left-out');
      const most = SHEET_LIMITS.judgements;
      if ((await store.judgementsOf(tx, drillId)).length >= most) throw new Problem('drill-sheet.too-many-judgements', { most }); // prettier-ignore
      const row = { id: newId(), ...input, by: actor.name, byId: actor.userId, at: this.clock.now() };
      await store.insertJudgement(tx, drillId, row);
      await keepSheet(tx, actor, held, { kind: 'drill-sheet.judged', item: input.item });
      return { ...store.toJudgement(row), stands: true };
    });
  }

  /** A further item, of this drill alone. 422 `drill-sheet.too-many-items`. */
  async addItem(actor: Actor, drillId: string, { aspect, words }: AddItem): Promise<SheetItemDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await holdSheet(tx, actor, drillId);
      const line = (await store.ownItems(tx, drillId)).length + 1;
      if (line > SHEET_LIMITS.items) throw new Problem('drill-sheet.too-many-items', { most: SHEET_LIMITS.items });
      const item = { id: newId(), aspect, words };
      await store.insertItem(tx, { ...item, drillId, line, addedBy: actor.name, addedAt: this.clock.now() });
      await keepSheet(tx, actor, held, { kind: 'drill-sheet.item-added', item: item.id });
      return { key: item.id, aspect, words, wordsEn: null, leftOut: false, judgements: [], apart: false };
    });
  }

  /** An item that this drill does not try; left out twice it is left out once. 404 `drill-item.not-found`; 422 `drill-item.judged`. */
  async leaveOutItem(actor: Actor, drillId: string, key: string): Promise<{ item: string; leftOut: boolean }> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await holdSheet(tx, actor, drillId);
      const item = rules.itemOn(await itemsIn(tx, held), key);
      rules.mayLeaveOut(key, await store.judgementsOf(tx, drillId));
      const leftOut = [...held.sheet.leftOut, key];
      if (!item.leftOut) await keepSheet(tx, actor, held, { kind: 'drill-sheet.item-left-out', item: key, change: { leftOut } }); // prettier-ignore
      return { item: key, leftOut: true };
    });
  }

  /** It is judged after all. 404 `drill-item.not-found`. */
  async takeBackItem(actor: Actor, drillId: string, key: string): Promise<{ item: string; leftOut: boolean }> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await holdSheet(tx, actor, drillId);
      const item = rules.itemOn(await itemsIn(tx, held), key);
      const leftOut = held.sheet.leftOut.filter((one) => one !== key);
      if (item.leftOut) await keepSheet(tx, actor, held, { kind: 'drill-sheet.item-taken-back', item: key, change: { leftOut } }); // prettier-ignore
      return { item: key, leftOut: false };
    });
  }

  /** What went well and what must improve, in the words of all evaluators together. 409 `drill-sheet.stale` when a colleague wrote meanwhile. */
  async writeRemarks(actor: Actor, drillId: string, input: WriteRemarks): Promise<RemarksDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = await holdSheet(tx, actor, drillId, 'remark');
      const { remarksVersion } = held.sheet;
      // E14
      if (input.version !== remarksVersion) throw new Problem('drill-sheet.stale', { version: remarksVersion });
      const change = {
        wentWell: input.wentWell, mustImprove: input.mustImprove, remarksBy: actor.name, remarksAt: this.clock.now(), remarksVersion: remarksVersion + 1,
      }; // prettier-ignore
      return store.toRemarksDto(await keepSheet(tx, actor, held, { kind: 'drill-sheet.remarked', change }));
    });
  }
}

const itemsIn = async (tx: Tx, { sheet }: Held): Promise<rules.Item[]> =>
  rules.itemsOf(await store.ownItems(tx, sheet.drillId), sheet.leftOut);

async function sheetOf(tx: Tx, drill: DrillRow): Promise<DrillSheetDto> {
  const sheet = await store.findSheet(tx, drill.id);
  const judgements = (await store.judgementsOf(tx, drill.id)).map(store.toJudgement);
  const items = rules.itemsOf(await store.ownItems(tx, drill.id), sheet.leftOut).map((item): SheetItemDto => {
    const said = rules.standing(judgements.filter((one) => one.item === item.key));
    return { ...item, ...wordsOf(item), judgements: said, apart: rules.isApart(said) };
  });
  const improvements = (await store.improvementsOf(tx, drill.id)).map(store.toImprovementDto);
  return {
    drillId: drill.id, state: drill.state, items, sums: rules.sumsOf(items), remarks: store.toRemarksDto(sheet), improvements, version: sheet.version,
  }; // prettier-ignore
}

/** In both languages, so that who reads chooses; its own items as they were written. */
function wordsOf({ key, words }: rules.Item): Pick<SheetItemDto, 'words' | 'wordsEn'> {
  if (words !== null) return { words, wordsEn: null };
  const name = `drill-item-words.${key}`;
  return { words: sentence('zh-CN', name), wordsEn: sentence('en', name) };
}
