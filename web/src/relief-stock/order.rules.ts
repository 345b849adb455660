import type { SupplyOrderDto, SupplyOrderStatus } from '../../../src/dispatch/dispatch.dto.js';

/** Who a supply order waits for (C-07). */
export type Waiting = 'duty' | 'keeper' | 'driver' | 'differences' | 'nobody';
const WAITING: Record<SupplyOrderStatus, Waiting> = {
  reserved: 'duty', approved: 'keeper', picking: 'keeper', shipped: 'driver', received: 'nobody',
  'received-with-differences': 'differences', closed: 'nobody', cancelled: 'nobody',
}; // prettier-ignore
export const waitingFor = (status: SupplyOrderStatus): Waiting => WAITING[status];

/** Sections of the keeper's list: first what the keeper has to do, then what others have to do, then what is done. */
export const SECTIONS = ['approved', 'picking', 'reserved', 'shipped', 'received'] as const;
export type Section = (typeof SECTIONS)[number];
export const sectionOf = (status: SupplyOrderStatus): Section | null => {
  if (status === 'received-with-differences') return 'received';
  return (SECTIONS as readonly string[]).includes(status) ? (status as Section) : null;
};

/** Orders by section; inside one the oldest comes first, of received ones the newest. */
export function inSections(orders: readonly SupplyOrderDto[]): { section: Section; orders: SupplyOrderDto[] }[] {
  return SECTIONS.map((section) => {
    const held = orders
      .filter(({ status }) => sectionOf(status) === section)
      .sort((a, b) => a.statusSince.localeCompare(b.statusSince));
    return { section, orders: section === 'received' ? held.reverse() : held };
  }).filter(({ orders: held }) => held.length > 0);
}

/** What a keeper sees first, after a reload too: the order that was begun, else the first of those to do. */
export const firstOrder = (sections: ReturnType<typeof inSections>): SupplyOrderDto | undefined =>
  (sections.find(({ section }) => section === 'picking') ?? sections[0])?.orders[0];

export type Pick = {
  key: string;
  binCode: string;
  itemId: string;
  lotCode: string;
  expiresOn: string | null;
  units: number;
};

type PickLines = readonly {
  id: string;
  itemId: string;
  lots: readonly (Omit<Pick, 'key' | 'itemId'> & { lotId: string })[];
}[];

/** What to take from which bin: bins in walking order, in a bin what expires first comes first (FEFO), then lots that do not expire. */
export function pickList(lines: PickLines): { binCode: string; picks: Pick[] }[] {
  const picks = lines.flatMap(({ id, itemId, lots }) =>
    lots.map(({ lotId, lotCode, expiresOn, binCode, units }) => ({
      key: `${id}/${lotId}/${binCode}`, binCode, itemId, lotCode, expiresOn, units,
    })),
  ); // prettier-ignore
  picks.sort(
    (a, b) =>
      a.binCode.localeCompare(b.binCode, 'en', { numeric: true }) ||
      (a.expiresOn ?? '9999').localeCompare(b.expiresOn ?? '9999') ||
      a.lotCode.localeCompare(b.lotCode, 'en', { numeric: true }),
  );
  const bins = [...new Set(picks.map(({ binCode }) => binCode))];
  return bins.map((binCode) => ({ binCode, picks: picks.filter((pick) => pick.binCode === binCode) }));
}

const DAY_MS = 24 * 3600_000;
/** Whole days until a lot expires, counted in the time of the store; negative once its last day is over. */
export const daysLeft = (expiresOn: string, nowMs: number): number =>
  Math.floor((Date.parse(`${expiresOn}T24:00:00+08:00`) - nowMs) / DAY_MS);
/** From here on an expiry is marked: the keeper should see what must leave next. */
export const EXPIRES_SOON_DAYS = 90;

export const belowMinimum = (level: { availableUnits: number; minimumUnits: number }): boolean =>
  level.minimumUnits > 0 && level.availableUnits < level.minimumUnits;
