import type { ReceiptDto, ReceiptLineDto } from '../../../../src/relief-stock/receiving/receipt.dto.js';
import { count } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { live } from '../../live/live.js';

/** The lines of a receipt with their figures, to read. */
export function ReceiptLines({ receipt }: { receipt: ReceiptDto }) {
  useRows('item');
  const taken = receipt.receivedBy !== null;
  return (
    <table className="keeper-table receiving-lines">
      <thead>
        <tr>
          <th scope="col">{t('keeper.item')}</th>
          <th scope="col">{t('receiving.announced')}</th>
          {taken && <th scope="col">{t('receiving.taken')}</th>}
          {taken && <th scope="col">{t('receiving.rejected')}</th>}
          {taken && <th scope="col">{t('receiving.short')}</th>}
        </tr>
      </thead>
      <tbody className="numeric">
        {receipt.lines.map((line) => (
          <tr key={line.line}>
            <th scope="row">
              <LineName line={line} />
            </th>
            <td>{line.ofLine === null ? count(line.announcedUnits) : ''}</td>
            {taken && (
              <td className="level-available">
                {count(line.units)}
                {line.condition !== 'good' && line.units > 0 && (
                  <small> {t(`receiving.piece.${line.condition}`)}</small>
                )}
              </td>
            )}
            {taken && (
              <td>
                {line.rejectedUnits > 0 && `${count(line.rejectedUnits)} ${t(`receiving.reject.${line.rejectReason}`)}`}
              </td>
            )}
            {taken && <td>{line.shortUnits > 0 && count(line.shortUnits)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a line is: the item, its lot and how long it lasts. */
export function LineName({ line }: { line: ReceiptLineDto }) {
  const item = live.store.row('item', line.itemId);
  const lot = line.lotCode ? t('keeper.lot', { lot: line.lotCode }) : t('receiving.no-lot');
  return (
    <>
      {named(item)} <small className="quiet">{unitOf(item)}</small>
      <small className="quiet">
        {lot}
        {line.expiresOn && ` · ${t('keeper.expires', { day: line.expiresOn })}`}
      </small>
    </>
  );
}
