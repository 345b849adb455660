import { describe, expect, it } from '@jest/globals';
import type { SocietyDto } from '../../src/access/access.dto.js';
import { grantRole } from '../../src/access/access.dto.js';
import { shipSupplies, type SupplyOrderDto } from '../../src/dispatch/dispatch.dto.js';
import { draftAdjustment, reasonDirection } from '../../src/relief-stock/changing/adjustment.dto.js';
import { TRANSFER_STATUSES } from '../../src/relief-stock/moving/transfer.dto.js';
import { recordDonation, type TraceDto } from '../../src/relief-stock/receiving/donation.dto.js';
import { addItem } from '../../src/relief-stock/relief-stock.dto.js';
import { homeOf } from '../../web/src/app/home.rules.js';
import { type GrantDraft, grantBody, isWholeGrant } from '../../web/src/access/grant.rules.js';
import { EMPTY_ITEM, isWholeItem, itemBody } from '../../web/src/relief-stock/catalogue/item.rules.js';
import {
  EMPTY_LINE,
  EMPTY_PAPER,
  isComplete,
  paperBody,
} from '../../web/src/relief-stock/changing/adjustment-draft.rules.js';
import {
  donationBody,
  EMPTY_DONATION,
  endsOf,
  isWhole,
  NO_INTENT,
} from '../../web/src/relief-stock/donations/donation.rules.js';
import { turnOf } from '../../web/src/relief-stock/moving/moving.rules.js';
import { firstOrder, inSections } from '../../web/src/relief-stock/order.rules.js';
import { partnersFor } from '../../web/src/relief-stock/requests/request-acts.rules.js';
import { EMPTY_SHIPMENT, shipBody, shipFault, shipLaterBody, toSend } from '../../web/src/relief-stock/ship.rules.js';
import { mayTakeFrom } from '../../web/src/relief-stock/take-over.rules.js';

const ID = '018f5e00-0000-7000-8000-000000000001';
const OTHER = '018f5e00-0000-7000-8000-000000000002';

describe('sending an order in part', () => {
  const order = { version: 4, lines: [{ id: ID, units: 100, takenUnits: 20 }, { id: OTHER, units: 5, takenUnits: 0 }] }; // prettier-ignore
  const loaded = { ...EMPTY_SHIPMENT, vehicle: ' J1 ' };

  it('sends whole orders without naming lines, and never what others took over', () => {
    expect(shipFault(order, EMPTY_SHIPMENT)).toBe('vehicle');
    expect(shipFault(order, loaded)).toBeNull();
    expect(shipBody(order, loaded)).toEqual({ version: 4, vehicle: 'J1' });
    expect(order.lines.map(toSend)).toEqual([80, 5]);
  });

  it('names what stands on the lorry when it is told later: others may have taken goods over by then', () => {
    expect(shipLaterBody(order, loaded)).toEqual({ vehicle: 'J1', lines: [{ lineId: ID, units: 80 }, { lineId: OTHER, units: 5 }] }); // prettier-ignore
    const part = shipLaterBody(order, { ...loaded, inPart: true, units: { [ID]: '30' } });
    expect(part).toMatchObject({
      rest: 'kept',
      lines: [
        { lineId: ID, units: 30 },
        { lineId: OTHER, units: 5 },
      ],
    });
  });

  it.each([
    ['nothing was changed', {}, 'whole'],
    ['more than is left', { [ID]: '81' }, 'too-many'],
    ['nothing goes', { [ID]: '0', [OTHER]: '0' }, 'nothing'],
    ['some goes', { [ID]: '30' }, null],
  ] as const)('asks again when %s', (_, units, fault) =>
    expect(shipFault(order, { ...loaded, inPart: true, units })).toBe(fault),
  );

  it('says of every line how much goes and what becomes of the rest', () => {
    const body = shipBody(order, { ...loaded, etaMin: '45', inPart: true, units: { [ID]: '30' }, rest: 'released' });
    expect(shipSupplies.parse(body)).toMatchObject({
      etaMin: 45, rest: 'released', lines: [{ lineId: ID, units: 30 }, { lineId: OTHER, units: 5 }],
    }); // prettier-ignore
  });
});

describe('home', () => {
  it.each([
    [['keeper'], 'keeper'],
    [['checker'], 'keeper'],
    [['keeper', 'teamLeader'], 'keeper'],
    [['teamLeader'], 'phone'],
    [['checker', 'dutyLead'], 'desk'],
    [['auditor'], 'desk'],
    [[], 'desk'],
  ] as const)('of %j is the %s', (roles, home) => expect(homeOf(roles)).toBe(home));
});

describe('the orders of a store', () => {
  const order = (id: string, status: string) => ({ id, status, statusSince: id }) as SupplyOrderDto;

  it('open with the one that was begun, so that a reload does not change what is picked', () => {
    const held = [order('1', 'approved'), order('2', 'picking'), order('3', 'shipped')];
    expect(firstOrder(inSections(held))?.id).toBe('2');
    expect(firstOrder(inSections([order('1', 'shipped'), order('2', 'approved')]))?.id).toBe('2');
    expect(firstOrder([])).toBeUndefined();
  });
});

describe('taking reserved goods over', () => {
  const incident = (id: string, severity: 'I' | 'II' | 'III' | 'IV', more: object = {}) =>
    ({ id, severity, exercise: false, status: 'responding', ...more }) as Parameters<typeof mayTakeFrom>[0];
  const loser = incident('loser', 'III');
  it.each([
    ['a graver one', incident('a', 'II'), loser, true],
    ['one as grave', incident('a', 'III'), loser, false],
    ['itself', incident('loser', 'I'), loser, false],
    ['one that is not verified', incident('a', 'I', { status: 'reported' }), loser, false],
    ['an exercise', incident('a', 'I', { exercise: true }), loser, false],
    ['a real one from an exercise', incident('a', 'IV'), incident('b', 'I', { exercise: true }), true],
  ] as const)('%s', (_, taker, from, may) => expect(mayTakeFrom(taker, from)).toBe(may));
});

describe('papers of the keeper', () => {
  const cell = { lotId: ID, binId: OTHER, condition: 'good', ownerSocietyId: ID, fund: null } as never;

  it('counts a line in units or in packs, never in both', () => {
    const line = { ...EMPTY_LINE, reason: 'lost', itemId: ID, cell, units: '3' };
    const draft = { ...EMPTY_PAPER, id: ID, lines: [line, { ...line, packId: OTHER }] };
    const { lines } = draftAdjustment.parse(paperBody(draft, ID));
    expect(lines.map(({ units, pack }) => ({ units, pack }))).toEqual([
      { units: 3, pack: undefined },
      { units: undefined, pack: { packId: OTHER, packs: 3 } },
    ]);
    const reason = { code: 'lost', kind: 'adjustment', direction: reasonDirection.enum.out, account: 'loss', name: '', nameEn: '' } as const; // prettier-ignore
    expect(isComplete(draft, new Map([['lost', reason]]))).toBe(true);
    expect(isComplete(EMPTY_PAPER, new Map([['lost', reason]]))).toBe(false);
  });

  it('says of every state of a transfer whose turn it is', () => {
    const turns = TRANSFER_STATUSES.map((status) => [turnOf(status, true), turnOf(status, false)]);
    for (const [giver, receiver] of turns)
      expect([
        ['own', 'giver'],
        ['receiver', 'own'],
        ['nobody', 'nobody'],
      ]).toContainEqual([giver, receiver]);
    expect(turnOf('departed', false)).toBe('own');
    expect(turnOf('loaded', false)).toBe('giver');
  });

  it('keeps no name of a private giver, and asks an organisation for its own', () => {
    const wish = { ...NO_INTENT, incidentKind: 'flood', until: '2026-12-31' };
    const draft = { ...EMPTY_DONATION, id: ID, donorKind: 'anonymous' as const, donorName: 'x', intent: wish };
    expect(recordDonation.parse(donationBody(draft, ID))).toMatchObject({
      donorKind: 'anonymous',
      intent: { incidentKind: 'flood', until: '2026-12-31' },
    });
    expect(donationBody(draft, ID)).not.toHaveProperty('donorName');
    expect([isWhole(draft), isWhole(EMPTY_DONATION), isWhole({ ...EMPTY_DONATION, donorName: 'x' })]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('shows only the ends of a trace that hold something', () => {
    const item = {
      inStoreUnits: 5, inTransitUnits: 0, issuedUnits: 7, lostUnits: 0, disposedUnits: 0, adjustedUnits: -1, convertedUnits: 0,
    } as TraceDto['items'][number]; // prettier-ignore
    expect(endsOf(item)).toEqual([
      { end: 'inStore', units: 5 },
      { end: 'issued', units: 7 },
      { end: 'adjusted', units: -1 },
    ]);
  });

  it('turns yuan into whole fen and leaves out what nobody said', () => {
    const draft = { ...EMPTY_ITEM, code: 'MT09', name: 'a', nameEn: 'a', unit: 'b', weightG: '900', volumeCm3: '4000', priceYuan: '19.9' }; // prettier-ignore
    expect(addItem.parse(itemBody(draft))).toMatchObject({ priceFen: 1990, minimumUseDays: 0, gbClass: 1 });
    expect(itemBody(draft)).not.toHaveProperty('shelfMonths');
    expect([draft, { ...draft, priceYuan: '1.999' }, EMPTY_ITEM].map(isWholeItem)).toEqual([true, false, false]);
  });
});

describe('who may be asked and appointed', () => {
  const society = (id: string, level: SocietyDto['level'], adcode: string) => ({ id, level, adcode, name: id });

  it('asks partners first, then societies whose desk the request has not passed', () => {
    const societies = [
      society('own', 'county', '331082'), society('passed', 'city', '331000'), society('next', 'city', '330300'),
      society('town', 'township', '331082001'), society('partner', 'partner', '900001'),
    ]; // prettier-ignore
    const request = { societyId: 'own', desks: [{ societyId: 'passed' }] } as Parameters<typeof partnersFor>[0];
    expect(partnersFor(request, societies).map(({ id }) => id)).toEqual(['partner', 'next']);
  });

  it.each([
    ['teamLeader', { teamId: OTHER }],
    ['keeper', { warehouseId: OTHER }],
    ['auditor', {}],
  ] as const)('gives a %s the place that the role has', (role, place) => {
    const draft: GrantDraft = { role, societyId: ID, teamId: OTHER, warehouseId: OTHER };
    expect(grantRole.parse(grantBody(draft))).toEqual({ role, societyId: ID, ...place });
    expect(isWholeGrant(draft)).toBe(true);
    expect(isWholeGrant({ ...draft, teamId: '' })).toBe(role !== 'teamLeader');
  });
});
