import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import { reportIncident } from '../../src/incidents/incidents.dto.js';
import { OfferService } from '../../src/suggestions/structure/offer.service.js';
import { enterOffer, OFFER_LIMITS } from '../../src/suggestions/structure/offers.dto.js';
import { CrossingsService } from '../../src/travel/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { SuggestionDesk } from './suggestion-desk.js';

const refused = (code: string) => expect.objectContaining({ code });

describe('offers of partner societies', () => {
  let app: TestApp;
  let desk: SuggestionDesk;
  let province: Actor, city: Actor;
  const ids: Record<string, string> = {};
  let bed: string;

  beforeAll(async () => {
    app = await startApp({ ROLE: 'web' });
    desk = new SuggestionDesk(app);
    const rows = await app.query<{ id: string; adcode: string }>(`select id, adcode from society`);
    for (const { id, adcode } of rows) ids[adcode] = id;
    [province, city] = [await app.as('duty.330000'), await app.as('duty.331000')];
    bed = await desk.item('SH07');
  }, 240_000);
  afterAll(() => app?.close());

  const offers = () => app.get(OfferService);
  const inDays = (days: number) => new Date(app.clock.now().getTime() + days * 86_400_000).toISOString();
  const input = (more: object = {}) =>
    enterOffer.parse({
      societyId: ids['330000'],
      partnerId: ids['361100'],
      itemId: bed,
      units: 50,
      untilAt: inDays(2),
      ...more,
    });
  const open = async () => (await offers().offers(province, ids['330000']!)).items;

  it('are held against what open incidents lack, less what is promised', async () => {
    const incident = await desk.flood(city, { capabilities: [], items: [{ itemId: bed, units: 80, priority: 1 }] });
    const near = await offers().enterOffer(province, input());
    const far = await offers().enterOffer(province, input({ partnerId: ids['350700'], units: 500 }));
    const { matches, lacks } = await offers().matches(province, ids['330000']!);
    const mine = matches.filter(({ incidentId }) => incidentId === incident.id);
    expect(mine.map(({ offerId, units }) => [offerId, units])).toEqual(expect.arrayContaining([[near.id, 50], [far.id, 30]])); // prettier-ignore
    const [first, second] = [near, far].map(({ id }) => mine.find(({ offerId }) => offerId === id)!.arrivalMin);
    expect(first).toBeLessThan(second!);
    expect(lacks.find(({ incidentId }) => incidentId === incident.id)).toMatchObject({
      itemId: bed,
      lacking: 80,
      covered: 80,
    });
  });

  it('come to an island over what leads there, and not at all while that is closed', async () => {
    const island = await app.as('duty.330900');
    const asked = reportIncident.parse({ kind: 'earthquake', location: { lon: 122.3, lat: 29.98 }, placeText: '沈家门', severity: 'III', societyId: ids['330903'] }); // prettier-ignore
    const reported = await desk.incidents().reportIncident(province, asked);
    const verified = await desk.incidents().verifyIncident(province, reported.id, { version: reported.version });
    const incident = await desk.need(province, verified, { capabilities: [], items: [{ itemId: bed, units: 5, priority: 1 }] }); // prettier-ignore
    await offers().enterOffer(province, input({ units: 20 }));
    const covered = async () => (await offers().matches(province, ids['330000']!)).lacks.find(({ incidentId }) => incidentId === incident.id)!.covered; // prettier-ignore
    expect(await covered()).toBe(5);
    const crossings = app.get(CrossingsService);
    const closing = await app.query<{ id: string; version: number }>(`select id, version from crossing where society_id = $1 and (from_island is null) <> (to_island is null)`, [ids['330900']]); // prettier-ignore
    for (const { id, version } of closing) await crossings.suspendCrossing(island, id, { version, reason: '台风' });
    expect(await covered()).toBe(0);
    for (const { id, version } of closing) await crossings.resumeCrossing(island, id, { version: version + 1 });
  });

  it('stand until they are withdrawn or their time has passed', async () => {
    const brief = await offers().enterOffer(province, input({ units: 7, untilAt: inDays(1) }));
    expect((await open()).map(({ id }) => id)).toContain(brief.id);
    app.clock.forward(86_400_000 + 60_000);
    expect((await open()).map(({ id }) => id)).not.toContain(brief.id);
    const [standing] = await open();
    await expect(offers().withdrawOffer(city, standing!.id, { version: 1 })).rejects.toEqual(refused('access.denied'));
    await expect(offers().withdrawOffer(province, standing!.id, { version: 9 })).rejects.toEqual(
      refused('partner-offer.stale'),
    );
    const gone = await offers().withdrawOffer(province, standing!.id, { version: 1 });
    expect(gone).toMatchObject({ version: 2, withdrawnBy: expect.any(String) });
    await expect(offers().withdrawOffer(province, standing!.id, { version: 2 })).rejects.toEqual(
      refused('partner-offer.step-not-allowed'),
    );
    expect((await open()).map(({ id }) => id)).not.toContain(standing!.id);
    const kinds = await app.query<{ kind: string }>(`select kind from journal where subject_id = $1 order by id`, [
      standing!.id,
    ]);
    expect(kinds.map(({ kind }) => kind)).toEqual(['partner-offer.entered', 'partner-offer.withdrawn']);
  });

  it('come from outside, of something that there is, for a time to come, entered by the society’s own desk', async () => {
    const enter = (actor: Actor, more: object) => offers().enterOffer(actor, input(more));
    await expect(enter(province, { partnerId: ids['331000'] })).rejects.toEqual(refused('partner-offer.own'));
    await expect(enter(province, { untilAt: inDays(-1) })).rejects.toEqual(refused('partner-offer.past'));
    await expect(enter(province, { itemId: ids['331000'] })).rejects.toEqual(refused('item.not-found'));
    await expect(enter(province, { partnerId: bed })).rejects.toEqual(refused('society.not-found'));
    await expect(enter(city, {})).rejects.toEqual(refused('access.denied'));
  });

  it('are so many at most, also where two desks enter the last one at once', async () => {
    await app.query(
      `insert into partner_offer (id, society_id, partner_id, item_id, units, until_at, note, entered_by, entered_at, scope)
       select gen_random_uuid(), $1, $2, $3, 1, $4, '', '示范', $4, '{}' from generate_series(1, $5::int)`,
      [ids['330000'], ids['361100'], bed, inDays(0.5), OFFER_LIMITS.offers - 1 - (await open()).length],
    );
    const both = await Promise.allSettled([1, 2].map((units) => offers().enterOffer(province, input({ units, untilAt: inDays(0.5) })))); // prettier-ignore
    expect(both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))).toEqual([refused('partner-offer.too-many')]); // prettier-ignore
  });
});
