import { GoodsReceipt } from '../GoodsReceipt.js';
import { BackTo } from '../parts/PaperList.js';
import { ReceiptList } from './ReceiptList.js';
import { ReceiptSheet } from './ReceiptSheet.js';
import './receiving.css';

type Props = { warehouseId: string; parts: readonly string[] };

/** Goods that come in, from the announcement to the bin: `#/keeper/receiving`, `/new` and `/<receipt>`. */
export default function ReceivingPage({ warehouseId, parts: [what] }: Props) {
  if (what === 'new')
    return (
      <div className="page">
        <BackTo href="#/keeper/receiving" />
        <GoodsReceipt warehouseId={warehouseId} announce />
      </div>
    );
  if (what) return <ReceiptSheet key={what} id={what} warehouseId={warehouseId} />;
  return <ReceiptList warehouseId={warehouseId} />;
}
