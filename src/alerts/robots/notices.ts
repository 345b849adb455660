import type { Tx } from '../../database/index.js';
import type { AlertDto } from '../alerts.dto.js';
import type { AlertRow } from '../alerts.store.js';
import { wantsAnswer } from '../run.rules.js';
import { insertNotices } from './notice.store.js';
import { type NoticeKind, noticeWords } from './notice-text.js';

const TOLD: Record<string, NoticeKind> = {
  'alert.raised': 'raised',
  'alert.moved-on': 'moved-on',
  'alert.answered': 'answered',
  'alert.exhausted': 'exhausted',
};

/** Plans what groups hear of a change of a run, in the transaction that makes it. Of an exercise they hear nothing (D12). */
export async function planNotices(
  tx: Tx,
  alert: AlertRow,
  run: AlertDto,
  change: { kind: string; now: Date },
): Promise<void> {
  const kind = TOLD[change.kind];
  if (!kind || alert.exercise || (kind === 'moved-on' && !wantsAnswer(alert.kind))) return;
  const { id: alertId, version, severity, scope } = alert;
  const words = noticeWords(kind, alert, run, change.now);
  await insertNotices(tx, { alertId, version, severity, scope, words, now: change.now });
}
