import { useState } from 'react';
import { t, tCode } from '../../i18n/i18n.js';
import { Refusal } from '../../parts/Refusal.js';
import { CameraScan } from './camera/CameraScan.js';
import { lineOfScan, type ScannedLine } from './line.rules.js';
import './scan.css';
import { type CodeScan, useCodeScan } from './use-code-scan.js';

type Props = {
  /** What the code says; answers words where that is of no use here. */
  take: (line: ScannedLine) => string | null;
  warehouseId?: string;
};

/** The camera or a photo beside a field or a pad. Folded until it is asked for: scanners and typing need no room. */
export function ScanInto({ take, warehouseId }: Props) {
  const [open, setOpen] = useState(false);
  const [useless, setUseless] = useState<string | null>(null);
  const scan = useCodeScan((result) => {
    const words = take(lineOfScan(result));
    setUseless(words);
    setOpen(words !== null);
  }, warehouseId);
  return (
    <div className="scan-into">
      <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span aria-hidden="true">▣</span> {t('scan.into')}
      </button>
      {open && <CameraScan found={(text) => void scan.look(text)} />}
      <ScanFaults scan={scan} />
      {useless !== null && (
        <p className="notice" role="status">
          {useless}
        </p>
      )}
    </div>
  );
}

/** Why a code was refused, and what else must be known of it. */
export function ScanFaults({ scan: { problem, notices } }: { scan: CodeScan }) {
  return (
    <>
      <Refusal problem={problem} />
      {notices.map(({ code, params, blocks }) => (
        <p key={code} className={`notice ${blocks ? 'problem' : ''}`} role={blocks ? 'alert' : 'status'}>
          {tCode('scan.notice.', code, params)}
        </p>
      ))}
    </>
  );
}
