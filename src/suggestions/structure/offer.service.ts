import { Injectable } from '@nestjs/common';
import { type Actor, allow, findSocieties, findSociety, inCommand, resourceKeys, type SocietyRow, visibleOr404 } from '../../access/index.js'; // prettier-ignore
import { Database, inSnapshot, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { itemsByIds } from '../../relief-stock/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { notFound, Problem } from '../../shared/problem.js';
import { type Conditions, readConditions, Ways, type WaysFound } from '../../travel/index.js';
import { type Lack, lacksOf } from './lacks.js';
import { matchOffers } from './matching.rules.js';
import * as store from './offer.store.js';
import { type EnterOffer, type MatchesDto, OFFER_LIMITS, type OfferDto, type WithdrawOffer } from './offers.dto.js';
import { seenSociety } from './scenario.service.js';
import { lorryTo } from './structure-facts.js';

/** What partner societies would send (互助), and which open incident lacks it. Nothing is ordered here: the desk answers the partner. */
@Injectable()
export class OfferService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ways: Ways,
  ) {}

  /** Open offers of a society. 404 `society.not-found`. */
  async offers(actor: Actor, societyId: string): Promise<{ items: OfferDto[]; nextCursor: null }> {
    const now = this.clock.now();
    return read(this.db, async (tx) => {
      const { id } = await seenSociety(tx, actor, societyId);
      const rows = await store.openOffers(tx, { societyId: id, now, limit: OFFER_LIMITS.offers });
      return { items: rows.map(store.toOfferDto), nextCursor: null };
    });
  }

  /**
   * 404 `society.not-found`, `item.not-found`; 422 `partner-offer.own` for a partner within the society, `partner-offer.past` for one whose time
   * is over, `partner-offer.too-many`.
   */
  async enterOffer(actor: Actor, { id, untilAt, ...input }: EnterOffer): Promise<OfferDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await seenSociety(tx, actor, input.societyId);
      allow(actor, 'structure.offer', { paths: [society.path] });
      const now = this.clock.now();
      await mustBeOffer(tx, society, { ...input, untilAt, now });
      const row: store.OfferRow = {
        id: id ?? newId(), ...input, untilAt: new Date(untilAt), enteredBy: actor.name, enteredAt: now, withdrawnBy: null, withdrawnAt: null,
        scope: resourceKeys(society.path), version: 1,
      }; // prettier-ignore
      if (!(await store.insertOffer(tx, row))) throw new Problem('idempotency.mismatch', { key: row.id });
      return told(tx, 'partner-offer.entered', row, actor);
    });
  }

  /** 404 `partner-offer.not-found`, 409 `partner-offer.stale`, `partner-offer.step-not-allowed` once withdrawn. */
  async withdrawOffer(actor: Actor, id: string, { version }: WithdrawOffer): Promise<OfferDto> {
    return inCommand(this.db, actor, async (tx) => {
      const held = visibleOr404(actor, await store.lockOffer(tx, id), 'partner-offer', id);
      allow(actor, 'structure.offer', { paths: [(await findSociety(tx, held.societyId))!.path] });
      if (held.withdrawnAt) throw new Problem('partner-offer.step-not-allowed');
      if (held.version !== version) throw new Problem('partner-offer.stale', { version: held.version });
      const row = { ...held, withdrawnBy: actor.name, withdrawnAt: this.clock.now(), version: version + 1 };
      await store.saveWithdrawal(tx, row);
      return told(tx, 'partner-offer.withdrawn', row, actor);
    });
  }

  /** Open offers against what open incidents lack now, by the planner's allocation core. 404 `society.not-found`. */
  async matches(actor: Actor, societyId: string): Promise<MatchesDto> {
    const now = this.clock.now();
    const { offers, partners, lacks, conditions } = await inSnapshot(this.db, async (tx) => {
      const society = await seenSociety(tx, actor, societyId);
      const rows = await store.openOffers(tx, { societyId: society.id, now, limit: OFFER_LIMITS.offers });
      const seats = await findSocieties(tx, rows.map(({ partnerId }) => partnerId)); // prettier-ignore
      return {
        offers: rows,
        partners: new Map(seats.map((row) => [row.id, row])),
        lacks: await lacksOf(tx, actor, society),
        conditions: await readConditions(tx, now),
      };
    });
    const from = offers.map(({ partnerId }) => partners.get(partnerId)!);
    const { minutes, travel } = await this.roads(from, lacks, { conditions, at: now });
    const found = matchOffers(offers, lacks, minutes);
    return {
      travel,
      matches: found.map(({ offer, lack, units, arrivalMin }) => {
        const { id: offerId, partnerId, itemId } = offers[offer]!;
        return { offerId, partnerId, incidentId: lacks[lack]!.incidentId, itemId, units, arrivalMin };
      }),
      lacks: lacks.map(({ incident: { id: incidentId, number, title }, itemId, units }, at) => {
        const covered = found.reduce((sum, one) => sum + (one.lack === at ? one.units : 0), 0);
        return { incidentId, number, title, itemId, lacking: units, covered };
      }),
    };
  }

  /** Minutes from every partner to every lack, ways as the incident and the hour leave them. */
  private async roads(
    partners: SocietyRow[],
    lacks: Lack[],
    now: { conditions: Conditions; at: Date },
  ): Promise<{ minutes: number[][]; travel: string }> {
    const minutes = partners.map(() => lacks.map(() => -1));
    const known = new Map<string, WaysFound>();
    let travel = 'straight-line';
    for (const [at, { incident, path }] of lacks.entries()) {
      const legs = partners.map((partner) => lorryTo(incident.location, { ...partner, societyPath: partner.path }));
      const found = known.get(incident.id) ?? (await this.ways.to({ path, kind: incident.kind }, legs, now));
      known.set(incident.id, found);
      travel = found.source;
      found.ways.forEach((way, partner) => (minutes[partner]![at] = way.minutes));
    }
    return { minutes, travel };
  }
}

type Asked = Pick<EnterOffer, 'partnerId' | 'itemId' | 'untilAt'> & { now: Date };

async function mustBeOffer(tx: Tx, society: SocietyRow, { partnerId, itemId, untilAt, now }: Asked): Promise<void> {
  const partner = await findSociety(tx, partnerId);
  if (!partner) throw notFound('society', partnerId);
  if (partner.path.startsWith(society.path)) throw new Problem('partner-offer.own');
  if ((await itemsByIds(tx, [itemId])).length === 0) throw notFound('item', itemId);
  if (new Date(untilAt) <= now) throw new Problem('partner-offer.past', { untilAt });
  if ((await store.countOffers(tx, society.id, now)) >= OFFER_LIMITS.offers)
    throw new Problem('partner-offer.too-many', { most: OFFER_LIMITS.offers });
}

async function told(tx: Tx, kind: string, row: store.OfferRow, actor: Actor): Promise<OfferDto> {
  const { id, version, scope } = row;
  const data = store.toOfferDto(row);
  await recordChange(tx, { kind, subject: 'partner-offer', id, version, scope, data, actor });
  return data;
}
