import type { Reason } from '../../../src/shared/fields.dto.js';
import { count } from '../i18n/format.js';
import { hasMessage, named, t, tCode } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { kmText } from '../map/distance.rules.js';
import { minutesText } from './duration.js';

type Say = (value: string) => string;
const teamOrStore: Say = (id) =>
  live.store.row('team-unit', id)?.teamName ?? (named(live.store.row('warehouse', id)) || id);
const reasonCodes: Say = (codes) => {
  const known = codes.split(/[,\s]+/).filter((code) => code !== '');
  return known.length === 0
    ? ''
    : t('reason.list', { reasons: known.map((code) => reasonText({ code, params: {} })).join(t('list.separator')) });
};

/** Params that name something; the sentence uses the spoken name on the left. */
const NAMED: Record<string, [name: string, say: Say]> = {
  itemId: ['item', (id) => named(live.store.row('item', id)) || id],
  warehouseId: ['warehouse', (id) => named(live.store.row('warehouse', id)) || id],
  unitId: ['unit', teamOrStore],
  incidentId: ['incident', (id) => live.store.row('incident', id)?.title ?? id],
  nearerId: ['nearer', teamOrStore],
  speciality: ['speciality', (code) => tCode('speciality.', code)],
  mainSpeciality: ['mainSpeciality', (code) => tCode('speciality.', code)],
  why: ['why', (code) => tCode('reason-why.', code)],
  reasons: ['reasons', reasonCodes],
  terrain: ['ground', (code) => tCode('terrain.', code)],
  weather: ['sky', (code) => tCode('weather.', code)],
  scale: ['scale', (code) => tCode('scale.', code)],
};
const MEASURED: Record<string, [name: string, say: (value: number) => string]> = {
  distanceM: ['km', kmText],
  etaMin: ['eta', minutesText],
  lateMin: ['late', minutesText],
  restUntilMin: ['rest', minutesText],
};

/** Params of a reason as people read them: ids become names, codes words, minutes hours, large numbers get separators. */
function spoken(params: Reason['params']): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    const [word, say] = NAMED[name] ?? [];
    const [unit, measure] = MEASURED[name] ?? [];
    out[name] = typeof value === 'number' ? count(value) : value;
    if (word && say && typeof value === 'string') out[word] = say(value);
    if (unit && measure && typeof value === 'number') out[unit] = measure(value);
  }
  return out;
}

/** A reason, warning or cause in words; a code without words is shown with its figures rather than hidden. */
export function reasonText(reason: Reason): string {
  const key = `reason.${reason.code}`;
  const params = spoken(reason.params);
  if (hasMessage(key)) return t(key, params);
  const figures = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  return [reason.code, ...figures].join(' · ');
}
