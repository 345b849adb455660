import { useState } from 'react';
import type { Notice, ScanResult } from '../../../../src/relief-stock/codes/codes.dto.js';
import type { ProblemError } from '../../api/http.js';
import { useCommand } from '../../api/use-command.js';

export interface CodeScan {
  busy: boolean;
  problem: ProblemError | null;
  notices: readonly Notice[];
  /** Asks what a code is. False: nobody answered, and `problem` says why; the code is still to be looked up. */
  look: (text: string) => Promise<boolean>;
}

/** Asks the server what a code is and hands it on, unless something about it stops the work. */
export function useCodeScan(take: (result: ScanResult) => void, warehouseId?: string): CodeScan {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const { busy, problem, send } = useCommand();
  const look = async (text: string): Promise<boolean> => {
    const code = text.trim();
    if (code === '' || busy) return false;
    const result = await send<ScanResult>('/stock/scans', { text: code, ...(warehouseId ? { warehouseId } : {}) });
    setNotices(result?.notices ?? []);
    if (!result) return false;
    if (!result.notices.some(({ blocks }) => blocks)) take(result);
    return true;
  };
  return { busy, problem, notices, look };
}
