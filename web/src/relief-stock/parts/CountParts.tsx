import type { ReactNode } from 'react';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { differs, gapOf, type LotCount, PARTS, withPart } from '../moving/moving.rules.js';

const figure = (text: string): number => Math.max(0, Math.trunc(Number(text) || 0));

type Props = {
  /** What is counted, in words. */
  children: ReactNode;
  units: number;
  held: LotCount;
  set: (held: LotCount) => void;
  /** Damaged goods may be beyond use, and somebody here can say so. */
  mayDispose?: boolean;
};

/** What became of some units: good, damaged, missing; why when not all are good, and by how much it does not add up. */
export function CountParts({ children, units, held, set, mayDispose = false }: Props) {
  const gap = gapOf(held, units);
  return (
    <div className="moving-lot-row">
      <p>{children}</p>
      {PARTS.map((part) => (
        <label key={part}>
          <span className="quiet">{t(`moving.${part}`)}</span>
          <input
            className="input numeric"
            inputMode="numeric"
            aria-invalid={gap !== 0}
            value={held[part]}
            onFocus={(event) => event.target.select()}
            onChange={(event) => set(withPart(held, part, figure(event.target.value), units))}
          />
        </label>
      ))}
      {differs(held) && (
        <label className="moving-why">
          <span className="quiet">{t('moving.why')} *</span>
          <input
            className="input"
            maxLength={400}
            value={held.reason}
            onChange={(event) => set({ ...held, reason: event.target.value })}
          />
        </label>
      )}
      {mayDispose && held.damagedUnits > 0 && (
        <label className="moving-flag">
          <input
            type="checkbox"
            checked={held.damagedTo === 'disposal'}
            onChange={(event) => set({ ...held, damagedTo: event.target.checked ? 'disposal' : 'bin' })}
          />
          <span>{t('moving.beyond-use')}</span>
        </label>
      )}
      {gap !== 0 && (
        <p className="field-fault" role="alert">
          {t(gap > 0 ? 'moving.short' : 'moving.over', { units: count(Math.abs(gap)) })}
        </p>
      )}
    </div>
  );
}
