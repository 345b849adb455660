import { useState } from 'react';
import type { ReceiptDto } from '../../../src/relief-stock/receiving/receipt.dto.js';
import { newId } from '../api/ids.js';
import { useCommand } from '../api/use-command.js';
import { useDraft } from '../app/drafts.js';
import { t } from '../i18n/i18n.js';
import { say } from '../parts/toast.js';
import { goodsWords } from './outbox/words.js';
import { useStockAct } from './outbox/use-act.js';
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
  const { busy, problem, clear, take } = useTaking({ name, draft, warehouseId, announce });
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
      const receipt = await take();
      setChecking(false);
      if (!receipt) return;
      discard();
      if (receipt === 'kept') return;
      setPosted(receipt);
      say(t(announce ? 'receiving.said-announced' : 'keeper.said-received', { number: receipt.number }));
    },
  };
}

type Taking = { name: string; draft: ReceiptDraft; warehouseId: string; announce: boolean };

/** Tells the server: what stands in the yard can be taken in without network, what is only on its way can wait for it. */
function useTaking({ name, draft, warehouseId, announce }: Taking) {
  const ordinary = useCommand();
  const kept = useStockAct();
  const { busy, problem, clear } = announce ? ordinary : kept;
  const take = () => {
    if (announce) return ordinary.send<ReceiptDto>('/stock/receipts/announce', announceBody(draft, warehouseId));
    const body = receiptBody(draft, warehouseId);
    return kept.act<ReceiptDto>({
      kind: 'receipt', body, path: '/stock/receipts', direct: body, page: 'keeper/receipt', draft: { name, values: draft },
      label: t('outbox.did.receipt', { goods: goodsWords(body.lines), source: body.sourceName }),
    }); // prettier-ignore
  };
  return { busy, problem, clear, take };
}
