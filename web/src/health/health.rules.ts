import type { ChannelTestDto } from '../../../src/dispatch/channel-test/channel-test.dto.js';
import type { SystemHealthDto } from '../../../src/health/health.dto.js';

export type Line = { name: string; state: 'good' | 'bad' | 'unknown' | 'off'; /** Words are `health.<name>.<words>`. */ words: string; params: Record<string, string | number> }; // prettier-ignore
type Facts = {
  system: SystemHealthDto;
  /** The last test of the channels that was closed; undefined when there was none. */
  test: ChannelTestDto | undefined;
  skewMs: number;
  nowMs: number;
};

const DAY_MS = 86_400_000;
/** The test comes each week: one day of grace. */
const TEST_OLD_MS = 8 * DAY_MS;
/** C-06: a browser's clock beyond this is a fault. */
const SKEW_LIMIT_MS = 30_000;
/** The clock of the machine against that of the database, by which everything goes. */
const MACHINE_LIMIT_MS = 5000;

const good = (name: string, params: Line['params'] = {}): Line => ({ name, state: 'good', words: 'good', params });
const bad = (name: string, params: Line['params'] = {}, words = 'bad'): Line => ({ name, state: 'bad', words, params });

/** The lines of the page, each good or bad; a bad one says what to do. */
export function healthLines({ system, test, skewMs, nowMs }: Facts): Line[] {
  const { database, queue, sealer, auditor, sealerLagMs, databaseMs, lastAuditedAt, faults } = system;
  const open = faults.reduce((sum, { count }) => sum + count, 0);
  const machineS = Math.round(Math.abs(Date.parse(system.machineAt) - Date.parse(system.at)) / 1000);
  const lag = { ms: sealerLagMs ?? 0 };
  const audited = { at: lastAuditedAt ?? '' };
  return [
    database === 'ok' ? good('database', { ms: databaseMs }) : bad('database'),
    queue === 'ok' ? good('queue') : bad('queue'),
    sealer === 'ok' ? good('sealer', lag) : bad('sealer', lag),
    auditor === 'ok' ? good('auditor', audited) : bad('auditor', audited, lastAuditedAt === null ? 'never' : 'bad'),
    open === 0 ? good('faults') : bad('faults', { count: open }),
    testLine(test, nowMs),
    ...(system.channels
      ? [wayLine('sms', system.channels.sms), wayLine('mail', system.channels.mail), robotLine(system.channels.robots)]
      : []),
    anchorLine(system.anchors),
    machineS * 1000 <= MACHINE_LIMIT_MS ? good('machine', { s: machineS }) : bad('machine', { s: machineS }),
    Math.abs(skewMs) <= SKEW_LIMIT_MS
      ? good('browser', { s: Math.round(skewMs / 1000) })
      : bad('browser', { s: Math.round(skewMs / 1000) }),
  ];
}

/** Whether messages reach people: the last test, how old it is, and whom it did not reach. */
function testLine(test: ChannelTestDto | undefined, nowMs: number): Line {
  if (!test) return { name: 'channels', state: 'unknown', words: 'never', params: {} };
  const { reached, unconfirmed, failed } = test.counts;
  const params = { at: test.startedAt, reached, unconfirmed, failed };
  if (nowMs - Date.parse(test.startedAt) > TEST_OLD_MS) return bad('channels', params, 'old');
  return failed > 0 ? bad('channels', params) : good('channels', params);
}

type Channels = NonNullable<SystemHealthDto['channels']>;

/** Whether messages leave by a way: it is set, and the last one was taken. */
function wayLine(name: 'sms' | 'mail', { set, lastAt, lastFailure }: Channels['sms']): Line {
  if (!set) return { name, state: 'off', words: 'off', params: {} };
  if (lastAt === null) return { ...good(name), words: 'none' };
  return lastFailure === null ? good(name, { at: lastAt }) : bad(name, { at: lastAt, why: lastFailure });
}

/** Whether every group robot at work can be spoken to. */
function robotLine({ atWork, keyLost }: Channels['robots']): Line {
  if (keyLost > 0) return bad('robots', { count: keyLost });
  return atWork === 0 ? { ...good('robots'), words: 'none' } : good('robots', { count: atWork });
}

/** Whether the record has its anchor of the day; in a drill it has none. */
function anchorLine(anchors: SystemHealthDto['anchors']): Line {
  const params = { at: anchors?.newestAt ?? '' };
  if (anchors?.state === 'late') return bad('anchors', params, anchors.newestAt === null ? 'missing' : 'bad');
  if (anchors?.state === 'off') return { ...good('anchors'), words: 'off' };
  if (!anchors?.newestAt) return { name: 'anchors', state: 'unknown', words: 'never', params: {} };
  return good('anchors', params);
}
