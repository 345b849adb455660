import { describe, expect, it } from '@jest/globals';
import type { ChannelTestDto } from '../../src/dispatch/channel-test/channel-test.dto.js';
import type { SystemHealthDto } from '../../src/health/health.dto.js';
import { healthLines } from '../../web/src/health/health.rules.js';
import { keepLacks, previewLacks, type Draft } from '../../web/src/map-layers/draft.rules.js';
import { dayOf, standingOf } from '../../web/src/map/layers.rules.js';
import { reachM, stockRadius } from '../../web/src/map/reach.rules.js';
import { secondsOf, spanText } from '../../web/src/settings/span.rules.js';

describe('a limit as people write it', () => {
  it.each([
    ['5', 300],
    ['1:30', 90],
    ['0:45', 45],
    ['1：30', 90],
    [' 12 ', 720],
  ])('reads %s', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
    expect(secondsOf(spanText(seconds))).toBe(seconds);
  });
  it.each(['', '-1', '1:60', '1:5', 'soon', '1.5', '99999'])('reads nothing out of %s', (text) =>
    expect(secondsOf(text)).toBeNull(),
  );
});

describe('how far one gets', () => {
  it('is the straight line of a road that is longer, at the speed of the kind', () => {
    expect(reachM(2, 'earthquake')).toBe(Math.round((60_000 * 2) / 1.3));
    expect(reachM(2, 'typhoon')).toBeLessThan(reachM(2, 'landslide'));
    expect(reachM(8, 'flood')).toBe(reachM(4, 'flood') * 2 + (reachM(8, 'flood') % 2));
  });

  it('draws stock by area, and nothing where there is none', () => {
    expect([stockRadius(0, 100), stockRadius(5, 0)]).toEqual([null, null]);
    expect(stockRadius(100, 100)).toBe(26);
    expect(stockRadius(25, 100)).toBe(16);
    expect(stockRadius(1, 1_000_000)).toBe(6);
  });
});

describe('a layer that may be drawn', () => {
  const layer = { shown: true, validFrom: '2026-07-01', validUntil: '2026-07-31' };
  it.each([
    ['2026-06-30', 'not-yet'],
    ['2026-07-01', 'drawn'],
    ['2026-07-31', 'drawn'],
    ['2026-08-01', 'expired'],
  ])('on %s is %s', (today, standing) => expect(standingOf(layer, today)).toBe(standing));

  it('goes by the day on the wall of the desk', () => {
    expect(dayOf(Date.parse('2026-07-31T16:00:00Z'))).toBe('2026-08-01');
    expect(standingOf({ ...layer, shown: false }, '2026-07-02')).toBe('off');
    expect(standingOf({ ...layer, validUntil: null }, '2040-01-01')).toBe('drawn');
  });
});

describe('the form of a new layer', () => {
  const draft: Draft = { datum: 'GCJ02', toleranceM: '50', name: '示范', provider: '示范院', approvalNo: '', validFrom: '2026-07-01', validUntil: '' }; // prettier-ignore
  const most = { bytes: 100, toleranceM: 5000 };
  const file = { size: 50 } as File;

  it('has no default for the datum, and says what is missing', () => {
    expect(previewLacks(null, draft, most)).toBe('layers.lacks.file');
    expect(previewLacks({ size: 101 } as File, draft, most)).toBe('layers.lacks.size');
    expect(previewLacks(file, { ...draft, datum: '' }, most)).toBe('layers.lacks.datum');
    expect(previewLacks(file, { ...draft, toleranceM: '5001' }, most)).toBe('layers.lacks.tolerance');
    expect(previewLacks(file, draft, most)).toBeNull();
    expect(keepLacks({ ...draft, name: ' ' })).toBe('layers.lacks.name');
    expect(keepLacks({ ...draft, provider: '' })).toBe('layers.lacks.provider');
    expect(keepLacks({ ...draft, validUntil: '2026-06-30' })).toBe('layers.lacks.order');
    expect(keepLacks(draft)).toBeNull();
  });
});

describe('the lines of the health page', () => {
  const now = Date.parse('2026-07-20T00:00:00Z');
  const system: SystemHealthDto = {
    at: '2026-07-20T00:00:00Z', machineAt: '2026-07-20T00:00:01Z', startedAt: '2026-07-19T00:00:00Z', version: '1', role: 'all',
    database: 'ok', databaseMs: 3, queue: 'ok', sealer: 'ok', sealerLagMs: 0, auditor: 'ok', lastAuditedAt: '2026-07-19T23:59:50Z', faults: [],
    memoryMb: 100, anchors: { state: 'made', newestAt: '2026-07-19T16:00:05Z', expectedBy: '2026-07-20T16:10:00Z' },
    channels: { sms: { set: true, lastAt: '2026-07-19T23:00:00Z', lastFailure: null }, mail: { set: true, lastAt: '2026-07-19T23:00:00Z', lastFailure: null }, robots: { atWork: 2, keyLost: 0 } },
  }; // prettier-ignore
  const channels = system.channels!;
  const test = {
    startedAt: '2026-07-18T00:00:00Z',
    counts: { reached: 9, unconfirmed: 1, failed: 0 },
  } as ChannelTestDto;
  const bad = (facts: Partial<Parameters<typeof healthLines>[0]>) =>
    healthLines({ system, test, skewMs: 0, nowMs: now, ...facts }).filter(({ state }) => state !== 'good').map(({ name, words }) => `${name}.${words}`); // prettier-ignore

  it('are all good when everything is', () => expect(bad({})).toEqual([]));
  it('ask no anchor of a drill', () => {
    expect(bad({ system: { ...system, anchors: { state: 'off', newestAt: null, expectedBy: null } } })).toEqual([]);
  });
  it('ask nothing of who has no mail today and no robot', () => {
    const unused = { set: true, lastAt: null, lastFailure: null };
    const quiet = { sms: unused, mail: unused, robots: { atWork: 0, keyLost: 0 } };
    expect(bad({ system: { ...system, channels: quiet } })).toEqual([]);
  });
  it.each([
    [
      'sms.off',
      { system: { ...system, channels: { ...channels, sms: { set: false, lastAt: null, lastFailure: null } } } },
    ],
    [
      'sms.bad',
      { system: { ...system, channels: { ...channels, sms: { ...channels.sms, lastFailure: 'EHTTP401' } } } },
    ],
    [
      'mail.off',
      { system: { ...system, channels: { ...channels, mail: { set: false, lastAt: null, lastFailure: null } } } },
    ],
    [
      'mail.bad',
      { system: { ...system, channels: { ...channels, mail: { ...channels.mail, lastFailure: 'ECONNREFUSED' } } } },
    ],
    ['robots.bad', { system: { ...system, channels: { ...channels, robots: { atWork: 2, keyLost: 1 } } } }],
    ['database.bad', { system: { ...system, database: 'failed' as const } }],
    ['queue.bad', { system: { ...system, queue: 'failed' as const } }],
    ['sealer.bad', { system: { ...system, sealer: 'failed' as const, sealerLagMs: 9000 } }],
    ['auditor.bad', { system: { ...system, auditor: 'silent' as const } }],
    ['auditor.never', { system: { ...system, auditor: 'silent' as const, lastAuditedAt: null } }],
    ['faults.bad', { system: { ...system, faults: [{ kind: 'job-lost', count: 2 }] } }],
    ['channels.never', { test: undefined }],
    ['channels.old', { test: { ...test, startedAt: '2026-07-11T00:00:00Z' } }],
    ['channels.bad', { test: { ...test, counts: { reached: 1, unconfirmed: 0, failed: 1 } } }],
    ['anchors.bad', { system: { ...system, anchors: { ...system.anchors!, state: 'late' as const } } }],
    [
      'anchors.missing',
      { system: { ...system, anchors: { state: 'late' as const, newestAt: null, expectedBy: null } } },
    ],
    [
      'anchors.never',
      { system: { ...system, anchors: { state: 'awaited' as const, newestAt: null, expectedBy: null } } },
    ],
    ['machine.bad', { system: { ...system, machineAt: '2026-07-20T00:00:20Z' } }],
    ['browser.bad', { skewMs: -31_000 }],
  ])('say %s, and nothing else', (line, facts) => expect(bad(facts)).toEqual([line]));
});
