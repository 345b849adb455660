import { useState } from 'react';
import type { ScanResult } from '../../../../src/relief-stock/codes/codes.dto.js';
import { useCommand } from '../../api/use-command.js';
import { t, tCode } from '../../i18n/i18n.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { CameraScan } from '../scan/camera/CameraScan.js';
import { goodsOfScan, type ScannedGoods } from './goods.rules.js';

/** A code of a box, lot or item, typed or from a scanner that ends with Enter: what it names comes into the lines of the form. */
export function ScanField({ warehouseId, add }: { warehouseId: string; add: (goods: ScannedGoods[]) => void }) {
  const [text, setText] = useState('');
  const [last, setLast] = useState<ScanResult | null>(null);
  const { busy, problem, send } = useCommand();
  const look = async (scanned = text) => {
    const code = scanned.trim();
    if (code === '' || busy) return;
    const result = await send<ScanResult>('/stock/scans', { text: code, warehouseId });
    setLast(result ?? null);
    if (!result) return;
    setText('');
    if (!result.notices.some(({ blocks }) => blocks)) add(goodsOfScan(result));
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
      <Refusal problem={problem} />
      {last?.notices.map((notice) => (
        <p
          key={notice.code}
          className={`notice ${notice.blocks ? 'problem' : ''}`}
          role={notice.blocks ? 'alert' : 'status'}
        >
          {tCode('scan.notice.', notice.code, notice.params)}
        </p>
      ))}
    </div>
  );
}
