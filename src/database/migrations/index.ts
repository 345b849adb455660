import { readFileSync } from 'node:fs';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One migration a numbered SQL file, in order. Files that were released are never edited; a change is a new file. */
function fromFile(file: string): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = `Sql${file.replace(/\D.*$/, '')}${1_784_600_000_000 + Number.parseInt(file, 10)}`;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(readFileSync(new URL(file, import.meta.url), 'utf8'));
    }
    async down(): Promise<void> {
      throw new Error('migrations only go forward; restore a backup instead');
    }
  };
}

export const MIGRATIONS = [
  '0001-foundation.sql',
  '0002-incidents-teams.sql',
  '0003-relief-stock.sql',
  '0004-dispatch-alerts-suggestions.sql',
  '0005-ledger-depth.sql',
  '0006-receiving.sql',
  '0007-moving.sql',
  '0008-changing.sql',
  '0009-counting.sql',
  '0010-item-gtins.sql',
  '0011-requests.sql',
  '0012-watch.sql',
  '0015-flow.sql',
  '0017-boxes.sql',
  '0018-signature-notices.sql',
  '0019-suggestion-insight.sql',
  '0020-replies.sql',
  '0021-chain-audit.sql',
  '0022-accountability.sql',
  '0023-response-plans.sql',
  '0024-what-holds-goods.sql',
  '0025-chain-survives.sql',
  '0027-duty.sql',
  '0028-channel-test.sql',
  '0029-drills.sql',
  '0030-drill-injects.sql',
  '0031-alarms.sql',
  '0032-screens.sql',
  '0035-settings-layers.sql',
  '0036-help-calls.sql',
  '0037-notes-past-board.sql',
  '0038-end-put-off.sql',
  '0039-providers-robots.sql',
  '0040-whole-and-masked.sql',
  '0041-record-anchors.sql',
  '0042-suggestion-progress.sql',
  '0043-structure.sql',
  '0044-after-and-travel.sql',
  '0045-mail-check-answers.sql',
  '0046-contact-settings.sql',
  '0047-drill-texts.sql',
  '0048-through-quiet.sql',
  '0049-transfer-lot.sql',
  '0050-drill-sheets.sql',
  '0051-voice.sql',
].map(fromFile);
