import type { Figures } from '../../../src/incidents/incidents.dto.js';

/** Order of the disaster reporting form. */
export const FIGURES = [
  'affected', 'moved', 'movedCollective', 'movedDispersed', 'dead', 'missing', 'injured', 'needingAid', 'roomsCollapsed', 'roomsDamaged',
  'economicLossYuan',
] as const satisfies readonly (keyof Figures)[]; // prettier-ignore

/** Only fields that were filled in: an empty field means "not reported", never zero. */
export function figuresOf(fields: Record<string, string>): Figures {
  const out: Figures = {};
  for (const name of FIGURES) {
    const text = (fields[name] ?? '').replace(/[,\uff0c\s]/g, '');
    if (/^\d+$/.test(text)) out[name] = Number(text);
  }
  return out;
}
