import type { RequestLineDto } from '../../../../src/relief-stock/requests/requests.dto.js';
import { count } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';

const PARTS = ['received', 'in-transit', 'reserved', 'missing'] as const;
type Figures = Pick<
  RequestLineDto,
  'requestedUnits' | 'reservedUnits' | 'inTransitUnits' | 'receivedUnits' | 'committedUnits'
>;

const unitsOf = (line: Figures): Record<(typeof PARTS)[number], number> => ({
  received: line.receivedUnits,
  'in-transit': line.inTransitUnits,
  reserved: line.reservedUnits,
  missing: Math.max(0, line.requestedUnits - line.committedUnits),
});

/** How far a line has come, as one bar with its figures in words beneath: nothing is told by colour alone. */
export function QuantityBar({ line }: { line: Figures }) {
  const units = unitsOf(line);
  return (
    <div className="quantity">
      <div className="quantity-bar" aria-hidden="true">
        {PARTS.map((part) =>
          units[part] > 0 ? <span key={part} className={`quantity-${part}`} style={{ flexGrow: units[part] }} /> : null,
        )}
      </div>
      <dl>
        <div>
          <dt>{t('request.requested')}</dt>
          <dd>{count(line.requestedUnits)}</dd>
        </div>
        <div>
          <dt>{t('request.committed')}</dt>
          <dd>{count(line.committedUnits)}</dd>
        </div>
        {PARTS.map((part) => (
          <div key={part} className={`quantity-key quantity-${part}-key`}>
            <dt>{t(`request.${part}`)}</dt>
            <dd>{count(units[part])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
