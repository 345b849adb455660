import { useState } from 'react';
import { t } from '../../i18n/i18n.js';
import { TextField } from '../../parts/TextField.js';
import { CameraScan } from '../scan/camera/CameraScan.js';
import { ScanFaults } from '../scan/ScanInto.js';
import { useCodeScan } from '../scan/use-code-scan.js';
import { goodsOfScan, type ScannedGoods } from './goods.rules.js';

/** A code of a box, lot or item, typed or from a scanner that ends with Enter: what it names comes into the lines of the form. */
export function ScanField({ warehouseId, add }: { warehouseId: string; add: (goods: ScannedGoods[]) => void }) {
  const [text, setText] = useState('');
  const scan = useCodeScan((result) => add(goodsOfScan(result)), warehouseId);
  const look = async (scanned = text) => {
    if (await scan.look(scanned)) setText('');
  };
  return (
    <div className="scan-field">
      <div onKeyDown={(event) => event.key === 'Enter' && void look()}>
        <TextField
          label={t('moving.scan')}
          hint={t('moving.scan-hint')}
          scanned
          type="code"
          value={text}
          set={setText}
        />
      </div>
      <CameraScan found={(found) => void look(found)} />
      <ScanFaults scan={scan} />
    </div>
  );
}
