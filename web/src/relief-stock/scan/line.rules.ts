import type { ScanResult } from '../../../../src/relief-stock/codes/codes.dto.js';

/** What a scan says about one line of a form; what it does not say is left out. */
export interface ScannedLine {
  itemId?: string;
  lotId?: string;
  lotCode?: string;
  /** A day. */
  expiresOn?: string;
  /** Base units of the item, where the code itself says how many lie there; not how many a pack holds. */
  units?: number;
  binId?: string;
}

/** One lot, item or bin by its label, or a package by its number: what of it belongs into a line. A box counts only when it holds one kind of goods. */
export function lineOfScan({ scan, found, pack, box }: ScanResult): ScannedLine {
  const lot = found.find(({ lot: one }) => one)?.lot;
  const bins = found.filter(({ kind }) => kind === 'bin');
  const [only, ...others] = box?.contents ?? [];
  const itemId = lot?.itemId ?? found.find(({ item }) => item)?.item?.id ?? pack?.itemId;
  return {
    ...(itemId ? { itemId } : only && others.length === 0 ? { itemId: only.itemId, units: only.units } : {}),
    ...(lot ? { lotId: lot.id } : {}),
    ...given('lotCode', lot?.code ?? scan.lot),
    ...given('expiresOn', lot?.expiresOn ?? scan.expiresOn),
    ...given('units', scan.units),
    ...given('binId', bins.length === 1 ? bins[0]!.id : undefined), // of several that are called so, none is meant
  };
}

const given = <K extends keyof ScannedLine>(key: K, value: ScannedLine[K] | null | undefined): Partial<ScannedLine> =>
  value === null || value === undefined ? {} : { [key]: value };
