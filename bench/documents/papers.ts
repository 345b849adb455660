import {
  AdjustmentService, CountApprovalService, CountReadService, CountService, ReceiptService,
} from '../../src/relief-stock/index.js'; // prettier-ignore
import { draftAdjustment } from '../../src/relief-stock/changing/adjustment.dto.js';
import { COUNT_LIMITS } from '../../src/relief-stock/counting/count.dto.js';
import { IssueService } from '../../src/relief-stock/moving/issue.service.js';
import { TransferService } from '../../src/relief-stock/moving/transfer.service.js';
import { TransportService } from '../../src/relief-stock/moving/transport.service.js';
import type { World } from './world.js';

/** Runs one step and notes how long it took. */
export type Clocked = <T>(step: string, work: () => Promise<T>) => Promise<T>;

const soon = () => new Date(Date.now() + 6 * 3_600_000).toISOString();

/** Every line counted, every second one a unit short; posted, opened. */
export async function count({ app, people, warehouseId }: World, clocked: Clocked): Promise<void> {
  const counting = app.get(CountService);
  const approval = app.get(CountApprovalService);
  const reading = app.get(CountReadService);
  const { keeper, checker } = people;
  const { id } = await clocked('count open sheet', () =>
    counting.openCount(keeper, { warehouseId, scope: { by: 'whole' }, kind: 'half-yearly', blind: false, note: '' }),
  );
  const { lines } = await reading.count(keeper, id);
  const told = lines.map((line, n) => ({
    lineId: line.id, units: (line.bookUnits ?? 1000) - (n % 2), countedAt: new Date().toISOString(), clockOffsetMs: 0,
  })); // prettier-ignore
  await clocked('count enter', async () => {
    for (let n = 0; n < told.length; n += COUNT_LIMITS.upload)
      await counting.countLines(keeper, id, { lines: told.slice(n, n + COUNT_LIMITS.upload) });
  });
  const finished = await clocked('count finish', () => counting.finishCount(keeper, id, {}));
  if (finished.status !== 'counted') throw new Error(`the count is ${finished.status}`);
  const differing = (await reading.count(checker, id)).lines.filter(({ varianceUnits }) => varianceUnits !== 0);
  const causes = differing.map((line) => ({ lineId: line.id, cause: 'lost' as const, note: '' }));
  const explained = await clocked('count explain', () =>
    approval.explainLines(keeper, id, { version: finished.version, lines: causes }),
  );
  const { figures } = await reading.count(checker, id);
  const seen = { version: explained.version, seen: figures! };
  const approved = await clocked('count approve', () => approval.approveCount(checker, id, seen));
  const posted = await clocked('count post', () => approval.postCount(checker, id, { version: approved.version }));
  if (posted.status !== 'posted') throw new Error(`the count is ${posted.status}`);
  await clocked('count open', () => reading.count(checker, id));
}

/** A unit of every lot is missing. */
export async function adjustment({ app, people, warehouseId, societyId, lines }: World, clocked: Clocked) {
  const service = app.get(AdjustmentService);
  const goods = lines.map(({ lotId, binId }) => ({
    reason: 'lost', lotId, binId, condition: 'good', ownerSocietyId: societyId, fund: null, units: 1,
  })); // prettier-ignore
  const input = draftAdjustment.parse({ kind: 'adjustment', warehouseId, submit: true, lines: goods });
  const paper = await clocked('adjustment post', () => service.draft(people.keeper, input));
  if (paper.status !== 'posted') throw new Error(`the adjustment is ${paper.status}`);
  await clocked('adjustment open', () => service.adjustment(people.keeper, paper.id));
}

/** Of every lot one unit is whole, one damaged, one missing. */
export async function transfer(world: World, clocked: Clocked): Promise<void> {
  const { app, people, lines } = world;
  const transfers = app.get(TransferService);
  const transport = app.get(TransportService);
  const { duty, keeper, countyKeeper } = people;
  const { id } = await transfers.draftTransfer(duty, {
    fromWarehouseId: world.warehouseId, toWarehouseId: world.countyId, keepsOwner: false, note: '', plannedArrivalAt: soon(),
    goods: lines.map(({ itemId }) => ({ itemId, units: 3 })),
  }); // prettier-ignore
  await clocked('transfer order', () => transfers.order(duty, id, {}));
  await transport.pick(keeper, id, {});
  await transport.load(keeper, id, { vehicle: 'bench' });
  await clocked('transfer depart', () => transport.depart(keeper, id, {}));
  await transport.arrive(countyKeeper, id, {});
  const { goods } = await transfers.transfer(countyKeeper, id);
  const lots = goods.flatMap((line) => line.lots).map((lot) => ({
    id: lot.id, acceptedUnits: 1, damagedUnits: 1, missingUnits: 1, damagedTo: 'bin' as const, reason: 'bench',
  })); // prettier-ignore
  await clocked('transfer receive, all differ', () => transport.receive(countyKeeper, id, { lots }));
  await clocked('transfer open', () => transfers.transfer(countyKeeper, id));
}

/** Of every lot one unit is whole, one damaged, one missing. */
export async function issue({ app, people, warehouseId, lines }: World, clocked: Clocked): Promise<void> {
  const issues = app.get(IssueService);
  const { duty, keeper } = people;
  const { id } = await clocked('issue order', () =>
    issues.orderIssue(duty, {
      warehouseId, purpose: 'poor-relief', recipient: 'bench', note: '', plannedAt: soon(),
      goods: lines.map(({ itemId }) => ({ itemId, units: 3 })),
    }), // prettier-ignore
  );
  await issues.pick(keeper, id, {});
  await clocked('issue out', () => issues.issue(keeper, id, { vehicle: 'bench' }));
  const { goods } = await issues.oneIssue(keeper, id);
  const counted = goods.map((line) => ({ id: line.id, acceptedUnits: 1, damagedUnits: 1, missingUnits: 1, reason: 'bench' }));
  await clocked('issue sign, all differ', () => issues.sign(keeper, id, { receiverName: 'bench', lines: counted }));
  await clocked('issue open', () => issues.oneIssue(keeper, id));
} // prettier-ignore

/** New lots of every item. */
export async function receipt({ app, people, warehouseId, lines }: World, clocked: Clocked): Promise<void> {
  const receipts = app.get(ReceiptService);
  const goods = lines.map(({ itemId, binId }) => ({ itemId, binId, lotCode: 'NEW', units: 5 }));
  const { id } = await clocked('receipt post', () =>
    receipts.receiveGoods(people.keeper, {
      warehouseId,
      source: 'purchase',
      sourceName: 'bench',
      note: '',
      lines: goods,
    }),
  );
  await clocked('receipt open', () => receipts.receipt(people.keeper, id));
}
