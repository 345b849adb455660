import { t } from '../i18n/i18n.js';
import { type LineDraft, receiptPart } from './receipt.rules.js';
import { ScanInto } from './scan/ScanInto.js';

type Props = {
  /** Where the goods lie or are put; null while they are only announced: then no bin is taken from a code. */
  warehouseId: string | null;
  set: (part: Partial<LineDraft>) => void;
};

/** A label before the camera fills a line: item, lot, last day, bin. */
export function ReceiptScan({ warehouseId, set }: Props) {
  return (
    <ScanInto
      {...(warehouseId ? { warehouseId } : {})}
      take={(scanned) => {
        const part = receiptPart(scanned, warehouseId !== null);
        if (Object.keys(part).length === 0) return t('scan.no-item');
        set(part);
        return null;
      }}
    />
  );
}
