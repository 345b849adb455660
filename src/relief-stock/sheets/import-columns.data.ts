import { LIMITS } from '../../shared/fields.dto.js';
import type { SheetColumn } from './sheets.types.js';

export const IMPORT_KINDS = ['items', 'bins', 'opening', 'receipt-lines'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

const shortText = { kind: 'text', longest: LIMITS.shortText } as const;
const units = { kind: 'whole', least: 1, most: LIMITS.units } as const;
const lines = [
  { key: 'itemCode', required: true, kind: 'text', longest: 20 },
  { key: 'lotCode', required: true, ...shortText },
  { key: 'expiresOn', kind: 'day' },
  { key: 'units', required: true, ...units },
  { key: 'binCode', kind: 'text', longest: 20 },
  { key: 'fund', ...shortText },
] as const satisfies SheetColumn[];

/** The columns of each import. The limits are those of the commands that take the same fields one by one. */
export const IMPORT_COLUMNS: Record<ImportKind, readonly SheetColumn[]> = {
  items: [
    { key: 'code', required: true, kind: 'text', longest: 20, pattern: /^[A-Z0-9][A-Z0-9-]{1,19}$/ },
    { key: 'name', required: true, ...shortText },
    { key: 'nameEn', required: true, ...shortText },
    { key: 'gbClass', required: true, kind: 'whole', least: 1, most: 3 },
    { key: 'gbCode', kind: 'text', longest: 7, pattern: /^[1-3]\d{6}$/ },
    { key: 'eicCode', kind: 'text', longest: 20, pattern: /^[A-Z0-9][A-Z0-9-]{3,19}$/ },
    { key: 'unit', required: true, ...shortText },
    { key: 'weightKg', required: true, kind: 'scaled', scale: 1000, most: 100_000_000 },
    { key: 'volumeM3', required: true, kind: 'scaled', scale: 1_000_000, most: 1_000_000_000 },
    { key: 'shelfMonths', kind: 'whole', least: 1, most: 600 },
    { key: 'priceYuan', kind: 'scaled', scale: 100, most: 10_000_000_000 },
    { key: 'seasonMonths', kind: 'months' },
    { key: 'minimumUseDays', kind: 'whole', least: 0, most: 3650 },
  ],
  bins: [{ key: 'binCode', required: true, kind: 'text', longest: 20, pattern: /^[A-Z0-9][A-Z0-9-]{0,19}$/ }],
  opening: [
    ...lines,
    { key: 'receivedOn', kind: 'day' },
    { key: 'source', kind: 'choice', choices: ['purchase', 'donation', 'allocated', 'other'], words: 'lot.source.' },
  ],
  'receipt-lines': [...lines, { key: 'overrideReason', kind: 'text', longest: LIMITS.text }],
};
