import { useState } from 'react';
import type { ReceiptDto } from '../../../src/relief-stock/receiving/receipt.dto.js';
import { newId } from '../api/ids.js';
import { useCommand } from '../api/use-command.js';
import { useDraft } from '../app/drafts.js';
import { t } from '../i18n/i18n.js';
import { say } from '../parts/toast.js';
import { faultWords } from './field-errors.js';
import {
  announceBody,
  EMPTY_RECEIPT,
  faultsOf,
  faultsOfRefusal,
  lineToOverride,
  receiptBody,
} from './receipt.rules.js';
import type { Fault, LineDraft, ReceiptDraft } from './receipt.rules.js';

/** A goods receipt being written: its draft, what is wrong with it, and the two steps check and post. */
export function useReceipt(warehouseId: string, announce = false) {
  const name = `${announce ? 'announce' : 'receipt'}.${warehouseId}`;
  const { values: draft, change, discard, restored } = useDraft<ReceiptDraft>(name, EMPTY_RECEIPT);
  const { busy, problem, send, clear } = useCommand();
  const [faults, setFaults] = useState<Fault[]>([]);
  const [checking, setChecking] = useState(false);
  const [posted, setPosted] = useState<ReceiptDto | null>(null);
  const refused = problem ? faultsOfRefusal(problem) : [];
  const edit = (part: Partial<ReceiptDraft>) => {
    setFaults([]);
    setPosted(null);
    change(draft.id === '' ? { id: newId(), ...part } : part);
  };
  return {
    draft,
    restored,
    started: draft.id !== '',
    busy,
    problem,
    checking,
    posted,
    faults,
    overrideLine: problem ? lineToOverride(problem) : null,
    /** What is wrong with a field (`lines/0/units`), in words. */
    words: (field: string): string | null => {
      const fault = [...faults, ...refused].find((each) => each.field === field);
      return fault ? faultWords(fault.code, problem?.errors.length ? '' : problem?.words) : null;
    },
    edit,
    editLine: (n: number, part: Partial<LineDraft>) =>
      edit({ lines: draft.lines.map((line, each) => (each === n ? { ...line, ...part } : line)) }),
    discard: () => {
      clear();
      setFaults([]);
      discard();
    },
    back: () => setChecking(false),
    check: () => {
      clear();
      const found = faultsOf(draft);
      setFaults(found);
      setChecking(found.length === 0);
    },
    post: async () => {
      const path = announce ? '/stock/receipts/announce' : '/stock/receipts';
      const body = announce ? announceBody(draft, warehouseId) : receiptBody(draft, warehouseId);
      const receipt = await send<ReceiptDto>(path, body);
      setChecking(false);
      if (!receipt) return;
      discard();
      setPosted(receipt);
      say(t(announce ? 'receiving.said-announced' : 'keeper.said-received', { number: receipt.number }));
    },
  };
}
