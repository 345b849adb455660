import { Problem } from '../shared/problem.js';

/**
 * The papers of a warehouse and the two letters of their numbers: 入库 goods in, 捐赠 donation, 动用指令 release order, 出库 goods out, 调拨 transfer,
 * 调整 adjustment, 报损 damage, 报废 disposal, 轮换 rotation, 转换 conversion and kits, 退库 return, 盘点 count, 需求 request, 冲正 reversal,
 * 移位 bin move.
 */
export const DOCUMENT_LETTERS = {
  receipt: 'RK',
  donation: 'JZ',
  'release-order': 'DY',
  issue: 'CK',
  transfer: 'DB',
  adjustment: 'TZ',
  damage: 'BS',
  disposal: 'BF',
  rotation: 'LH',
  conversion: 'ZH',
  return: 'TK',
  count: 'PD',
  request: 'XQ',
  reversal: 'CZ',
  'bin-move': 'YW',
} as const;
export type DocumentKind = keyof typeof DOCUMENT_LETTERS;

/** `<society adcode>-<letters>-YYYY-NNNN`; the serial has no gap inside a society, kind and year. */
export const documentNumber = (kind: DocumentKind, at: { adcode: string; year: string; serial: number }): string =>
  `${at.adcode}-${DOCUMENT_LETTERS[kind]}-${at.year}-${String(at.serial).padStart(4, '0')}`;

/** Who put a name to a paper, in which role. */
export interface Signature {
  role: string;
  userId: string;
  name: string;
  occurredAt: string;
  signedAt: string;
}

/**
 * Separation of duties: whoever signed in one of `apart` may not sign in `role`. 422 `duty.separation { first, second }`;
 * 409 `document.signed-already` when the role has its signature.
 */
export function mustBeApart(
  signatures: readonly Signature[],
  ask: { role: string; userId: string; apart: readonly string[] },
): void {
  const { role, userId, apart } = ask;
  if (signatures.some((one) => one.role === role)) throw new Problem('document.signed-already', { role });
  const other = signatures.find((one) => one.userId === userId && apart.includes(one.role));
  if (other) throw new Problem('duty.separation', { first: other.role, second: role });
}
