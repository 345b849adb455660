import { useState } from 'react';
import type { AdjustmentDto } from '../../../../src/relief-stock/changing/adjustment.dto.js';
import { count } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Act } from '../../parts/Act.js';
import { PaperRow } from '../parts/PaperList.js';
import { ReceiptField } from '../parts/ReceiptField.js';
import { KEEPS, useRoleAt } from '../parts/who.js';

type Replacement = AdjustmentDto['replacements'][number];

/** What was promised for goods that were rotated out, and whether it has come. */
export function Replacements({ paper, done }: { paper: AdjustmentDto; done: () => void }) {
  if (paper.replacements.length === 0) return null;
  return (
    <section aria-label={t('adjustments.replacement')}>
      <h3 className="paper-section">{t('adjustments.replacement')}</h3>
      <ul className="papers">
        {paper.replacements.map((one) => (
          <li key={one.line}>
            <PaperRow
              title={named(live.store.row('item', one.itemId))}
              aside={`${count(one.units)} ${unitOf(live.store.row('item', one.itemId))}`}
              state={t(one.receiptId ? 'adjustments.replaced' : 'adjustments.not-replaced', { day: one.dueOn })}
              detail={one.supplier}
            >
              {one.receiptId === null && paper.status === 'posted' && (
                <Came paper={paper} replacement={one} done={done} />
              )}
            </PaperRow>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Came({ paper, replacement, done }: { paper: AdjustmentDto; replacement: Replacement; done: () => void }) {
  const [receiptId, choose] = useState('');
  const keeps = useRoleAt(paper.warehouseId, KEEPS);
  return (
    <div className="form-row">
      <ReceiptField label={t('adjustments.came-with')} warehouseId={paper.warehouseId} value={receiptId} set={choose} />
      <Act
        look="primary"
        label={t('adjustments.note-replacement')}
        path={`/stock/adjustments/${paper.id}/replace`}
        body={{ version: paper.version, line: replacement.line, receiptId }}
        said={t('adjustments.said-replaced')}
        done={done}
        blocked={keeps ? (receiptId === '' ? t('adjustments.choose-receipt') : null) : t('keeper.only-keeper')}
      />
    </div>
  );
}
