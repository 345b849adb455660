import type { TransferDto } from '../../../../src/relief-stock/moving/transfer.dto.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';

/** Who put a name to which step. */
export function Signatures({ of }: { of: TransferDto['signatures'] }) {
  if (of.length === 0) return null;
  const inOrder = [...of].sort((a, b) => a.occurredAt.localeCompare(b.occurredAt));
  return (
    <dl className="transport signatures">
      {inOrder.map(({ role, name, occurredAt }) => (
        <div key={role}>
          <dt>{t(`moving.signed.${role}`)}</dt>
          <dd>
            {name} <small className="quiet numeric">{stamp(occurredAt)}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
