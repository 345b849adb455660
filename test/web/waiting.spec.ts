import { describe, expect, it } from '@jest/globals';
import type { SupplyOrderDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import { USUAL_LIMITS } from '../../src/settings/clock-limits.rules.js';
import { alarmsOf } from '../../web/src/desk/alarms.rules.js';
import { waitingsOf } from '../../web/src/incidents/waiting.rules.js';

const incident = { id: 'i', leadSocietyId: 'county', severity: 'III', status: 'verified', placeText: '临海', reportedAt: '2026-11-22T00:00:00Z' } as IncidentDto; // prettier-ignore
const order = (number: string, status: SupplyOrderDto['status']): SupplyOrderDto =>
  ({ id: number, number, missionId: 'm', incidentId: 'i', warehouseId: 'w', status, statusSince: '2026-11-22T01:00:00Z' }) as SupplyOrderDto; // prettier-ignore
const waitings = (orders: SupplyOrderDto[], at: string) =>
  waitingsOf(
    incident,
    {
      work: { assignments: [], alerts: [], orders, rolls: [] },
      limits: USUAL_LIMITS,
      lastHeardAt: () => '',
      departureS: () => null,
      ownerOf: () => ({ id: 'city', name: '台州市红十字会' }),
    },
    Date.parse(at),
  );

describe('goods that wait for their owner (C-07)', () => {
  const reserved = [order('CK-1', 'reserved'), order('CK-2', 'reserved'), order('CK-3', 'shipped')];

  it('name the owner, once for one decision, and press like an unanswered alert', () => {
    const found = waitings(reserved, '2026-11-22T01:05:00Z');
    expect(found.map(({ code, who }) => [code, who])).toEqual([
      ['approval', '台州市红十字会'],
      ['goods', 'CK-3'],
    ]);
    expect(found[0]!.limit).toEqual({ limitS: 600 });
  });

  it('raise an alarm when nobody decides in time, and nothing for goods on the road', () => {
    const at = (time: string) => alarmsOf(incident, waitings(reserved, time), Date.parse(time)).map(({ code }) => code);
    expect(at('2026-11-22T01:09:59Z')).toEqual([]);
    expect(at('2026-11-22T01:10:00Z')).toEqual(['approval']);
    const [alarm] = alarmsOf(incident, waitings(reserved, '2026-11-22T01:10:00Z'), Date.parse('2026-11-22T01:10:00Z'));
    expect(alarm).toMatchObject({ source: 'i/approval/m.city', deskIds: ['county', 'city'] });
  });

  it('are waited for by nobody once they were counted in', () => {
    expect(waitings([order('CK-1', 'received'), order('CK-2', 'closed')], '2026-11-22T09:00:00Z')).toEqual([]);
  });
});
