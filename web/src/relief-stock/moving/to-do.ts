import type { IssueDetailDto } from '../../../../src/relief-stock/moving/issue.dto.js';
import type { TransferDetailDto } from '../../../../src/relief-stock/moving/transfer.dto.js';
import type { CommandKind } from '../../../../src/relief-stock/offline/command.dto.js';
import { t } from '../../i18n/i18n.js';
import type { ToDo } from '../outbox/use-act.js';

type Kind<P extends string> = Extract<CommandKind, `${P}-${string}`>;

/** A step of an issue: with network it names the version on screen, without it the server looks how far the paper is. */
export const issueToDo = (issue: IssueDetailDto, kind: Kind<'issue'>, step: string, told: object = {}): ToDo => ({
  kind, body: { issueId: issue.id, ...told }, path: `/stock/issues/${issue.id}/${step}`, direct: { version: issue.version, ...told },
  label: t(`outbox.did.${kind}`, { number: issue.number }), page: `keeper/issues/${issue.id}`, draft: null,
}); // prettier-ignore

/** A step of a transfer, the same way. */
export const transferToDo = (transfer: TransferDetailDto, kind: Kind<'transfer'>, told: object = {}): ToDo => ({
  kind, body: { transferId: transfer.id, ...told }, path: `/stock/transfers/${transfer.id}/${kind.replace('transfer-', '')}`,
  direct: { version: transfer.version, ...told }, label: t(`outbox.did.${kind}`, { number: transfer.number }),
  page: `keeper/transfers/${transfer.id}`, draft: null,
}); // prettier-ignore
