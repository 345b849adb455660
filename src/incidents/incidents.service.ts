import { Inject, Injectable } from '@nestjs/common';
import {
  type Actor, allow, canSee, findSociety, inCommand, nearestSociety, pathKeys, type SocietyRow, visibleOr404,
} from '../access/index.js'; // prettier-ignore
import { CONFIG, type Config } from '../config.js';
import { Database, nextNumber, read, type Tx } from '../database/index.js';
import { incidentChanges } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { parseLonLat, toWgs84 } from '../shared/geo.js';
import { newId } from '../shared/ids.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { notFound } from '../shared/problem.js';
import { estimateFor, keepEstimate } from './factors/estimating.js';
import { type Incident, toIncidentDto } from './incident.entity.js';
import * as steps from './incident-steps.rules.js';
import { lockForCommand, saveAndTell, stepIncident, tell } from './incident-steps.service.js';
import type {
  EstimateNeeds, IncidentDto, IncidentsQuery, IncidentStatus, IncidentStep, NeedsEstimate, ReportIncident, SetNeeds, TakeLead,
  TimelineEntry, TimelineQuery,
} from './incidents.dto.js'; // prettier-ignore
import * as store from './incidents.store.js';
import { maskedIncident } from './masked.rules.js';
import { dutyToTakeLead, incidentScope, leadOf, type Node, underLead, wholeScopeOf } from './lead.rules.js';
import { replaceNeeds } from './needs.rules.js';
import { incidentNumber, numberSeries, shanghaiDay } from './numbering.rules.js';

type Page<T> = { items: T[]; nextCursor: string | null };

@Injectable()
export class IncidentsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'drill'>,
  ) {}

  /**
   * Takes a report. In a drill nothing is real, whatever the report says. A society that is named must lie under the officer's own (403 `access.denied`); when none is named it is the county
   * whose seat is nearest, wherever that is: a call is never turned away.
   */
  async reportIncident(actor: Actor, input: ReportIncident): Promise<IncidentDto> {
    return inCommand(this.db, actor, async (tx) => {
      const now = this.clock.now();
      const society = await societyOfPlace(tx, actor, input);
      const lead = leadOf(dutySocieties(actor), society.path);
      allow(actor, 'incident.report', { paths: lead ? [lead.path] : [] });
      const series = numberSeries(society.adcode, now);
      const number = incidentNumber(series, await nextNumber(tx, `incident:${series}`));
      const exercise = input.exercise || this.config.drill !== null;
      const incident = newIncident({ ...input, exercise }, { number, society, lead: lead!, now });
      await store.insertIncident(tx, incident);
      const recordedAt = steps.notInFuture(input.recordedAt, '/recordedAt', now);
      return tell(tx, incident, { kind: 'incident.reported', actor, occurredAt: incident.occurredAt, recordedAt });
    });
  }

  /** It is real. 409 `incident.stale`, `incident.step-not-allowed`. */
  async verifyIncident(actor: Actor, id: string, input: IncidentStep): Promise<IncidentDto> {
    return this.step(actor, id, 'verify', input);
  }

  /** It is under control. Needs a reason (422 `incident.reason-required`) while nobody of ours is at the scene. */
  async stabiliseIncident(actor: Actor, id: string, input: IncidentStep): Promise<IncidentDto> {
    return this.step(actor, id, 'stabilise', input);
  }

  async demobiliseIncident(actor: Actor, id: string, input: IncidentStep): Promise<IncidentDto> {
    return this.step(actor, id, 'demobilise', input);
  }

  /** A closed incident lives on, with a reason, by a lead officer or a supervisor; its stamps stay. */
  async reopenIncident(actor: Actor, id: string, input: IncidentStep): Promise<IncidentDto> {
    return this.step(actor, id, 'reopen', input);
  }

  /** Another society leads from now on. 403 without duty there, or when it would take the lead from above; 422 `incident.lead-outside`. */
  async takeLead(actor: Actor, id: string, input: TakeLead): Promise<IncidentDto> {
    return inCommand(this.db, actor, async (tx) => {
      const incident = await lockForCommand(tx, actor, id, 'incident.step');
      const next = await findSociety(tx, input.societyId);
      if (!next) throw notFound('society', input.societyId);
      for (const path of dutyToTakeLead(incident, next)) allow(actor, 'incident.step', { paths: [path] });
      steps.mustBeFresh(incident, input.version);
      steps.mustBeOpen(incident, 'take-lead');
      const scopeWithoutShared = incidentScope({
        society: pathKeys(incident.societyPath),
        lead: pathKeys(next.path),
        shared: [],
      });
      const led = {
        ...underLead(incident, next, { commander: input.commander, scopeWithoutShared }),
        statusReason: input.reason,
      };
      return saveAndTell(tx, led, { kind: 'incident.lead-taken', actor });
    });
  }

  /** The list of needs becomes this one. 409 `incident.stale`; 422 `incident.need-repeated`. */
  async setNeeds(actor: Actor, id: string, input: SetNeeds): Promise<IncidentDto> {
    return inCommand(this.db, actor, async (tx) => {
      const incident = await lockForCommand(tx, actor, id, 'incident.step');
      steps.mustBeFresh(incident, input.version);
      steps.mustBeOpen(incident, 'set-needs');
      const needs = replaceNeeds(incident.needs, input, newId);
      await store.saveNeeds(tx, id, needs);
      const next = { ...incident, needs, version: incident.version + 1 };
      return saveAndTell(tx, next, { kind: 'incident.needs-set', actor });
    });
  }

  /**
   * A first estimate for so many people in shelter. Stores nothing, unless it is taken over (`keep`): that is a step of the desk, 403
   * without duty there, 409 `incident.step-not-allowed` once the incident has ended.
   */
  async estimateNeeds(actor: Actor, id: string, input: EstimateNeeds): Promise<NeedsEstimate> {
    const on = input.on ?? shanghaiDay(this.clock.now());
    if (!input.keep)
      return read(this.db, async (tx) => {
        const incident = await visibleIncident(tx, actor, id);
        return { items: await estimateFor(tx, incident, { ...input, on }), keptId: null };
      });
    return inCommand(this.db, actor, async (tx) => {
      const incident = await lockForCommand(tx, actor, id, 'incident.step');
      steps.mustBeOpen(incident, 'set-needs');
      const items = await estimateFor(tx, incident, { ...input, on });
      return { items, keptId: await keepEstimate(tx, incident, { ...input, on, items, actor, now: this.clock.now() }) };
    });
  }

  async incident(actor: Actor, id: string): Promise<IncidentDto> {
    return shownTo(actor, await read(this.db, (tx) => visibleIncident(tx, actor, id)));
  }

  async incidents(actor: Actor, query: IncidentsQuery): Promise<Page<IncidentDto>> {
    const [reportedMs, id] = decodeCursor(query.cursor, ['number', 'string']) ?? [];
    return read(this.db, async (tx) => {
      const society = query.societyId ? await findSociety(tx, query.societyId) : null;
      if (society === undefined) throw notFound('society', query.societyId!);
      const rows = await store.listIncidents(tx, {
        ...query,
        keys: actor.keys,
        statuses: query.status ? (query.status.split(',') as IncidentStatus[]) : null,
        societyPath: society && society.path,
        box: query.bbox ? query.bbox.split(',').map(Number) : null,
        centre: query.near ? parseLonLat(query.near) : null,
        after: id === undefined ? null : { reportedMs: reportedMs as number, id: id as string },
      });
      const page = toPage(rows, query.limit, (row) => [row.reportedAt.getTime(), row.id]);
      return { ...page, items: page.items.map((incident) => shownTo(actor, incident)) };
    });
  }

  /** What the journal says about an incident, oldest first, as far as the actor may see it. */
  async timeline(actor: Actor, id: string, query: TimelineQuery): Promise<Page<TimelineEntry>> {
    const [after] = decodeCursor(query.cursor, ['number']) ?? [0];
    return read(this.db, async (tx) => {
      await visibleIncident(tx, actor, id);
      const rows = await incidentChanges(tx, id, actor.keys, after as number, query.limit + 1);
      const page = toPage(rows, query.limit, (row) => [row.seq]);
      const items = page.items.map(({ seq, kind, subject, subjectId, actorName, ...row }) => ({
        seq, kind, subject, subjectId, actorName, at: row.receivedAt.toISOString(), occurredAt: row.occurredAt.toISOString(),
        data: JSON.parse(row.body) as Record<string, unknown>,
      })); // prettier-ignore
      return { ...page, items };
    });
  }

  private step(actor: Actor, id: string, step: steps.Step, input: IncidentStep): Promise<IncidentDto> {
    const action = step === 'reopen' ? 'incident.reopen' : 'incident.step';
    return inCommand(this.db, actor, (tx) =>
      stepIncident(tx, { id, step, action, input, actor, now: this.clock.now() }),
    );
  }
}

/** The incident as this actor may see it. */
function shownTo(actor: Actor, incident: Incident): IncidentDto {
  const whole = toIncidentDto(incident);
  return canSee(actor, incident.wholeScope) ? whole : maskedIncident(whole);
}

async function visibleIncident(tx: Tx, actor: Actor, id: string): Promise<Incident> {
  return visibleOr404(actor, await store.findIncident(tx, id), 'incident', id);
}

/** Where the actor has duty: not for one team or one warehouse, but for a society and all below it. */
const dutySocieties = (actor: Actor): Node[] =>
  actor.grants
    .filter(
      (grant) => (grant.role === 'dutyOfficer' || grant.role === 'dutyLead') && !grant.teamId && !grant.warehouseId,
    )
    .map((grant) => ({ id: grant.societyId, path: grant.path }));

async function societyOfPlace(tx: Tx, actor: Actor, input: ReportIncident): Promise<SocietyRow> {
  if (!input.societyId) {
    const { lon, lat } = toWgs84(input.location);
    const nearest = await nearestSociety(tx, lon, lat);
    if (!nearest) throw notFound('society', '');
    return nearest;
  }
  const society = await findSociety(tx, input.societyId);
  if (!society) throw notFound('society', input.societyId);
  allow(actor, 'incident.report', { paths: [society.path] });
  return society;
}

function newIncident(
  input: ReportIncident,
  from: { number: string; society: SocietyRow; lead: Node; now: Date },
): Incident {
  const { number, society, lead, now } = from;
  const scope = incidentScope({ society: pathKeys(society.path), lead: pathKeys(lead.path), shared: [] });
  const ahead = input.kind === 'event-standby' && input.occurredAt; // the one kind that is known before it happens
  return {
    ...toWgs84(input.location),
    id: input.id ?? newId(),
    number,
    kind: input.kind,
    severity: input.severity,
    status: 'reported',
    title: input.title ?? input.placeText.slice(0, 80),
    whatHappened: input.whatHappened,
    rawLocation: input.location,
    placeText: input.placeText,
    societyId: society.id,
    societyPath: society.path,
    leadSocietyId: lead.id,
    leadPath: lead.path,
    reporter: input.reporter,
    peopleAffected: input.peopleAffected ?? null,
    exercise: input.exercise,
    commander: null,
    needs: { capabilities: [], items: [] },
    figures: {},
    figuresAsOf: null,
    reporting: { anyAt: null, writtenAt: null, lastAt: null },
    mergedIntoId: null,
    absorbedIds: [],
    statusReason: null,
    occurredAt: ahead ? new Date(ahead) : steps.notInFuture(input.occurredAt, '/occurredAt', now),
    reportedAt: now,
    verifiedAt: null,
    respondingAt: null,
    onSceneAt: null,
    stabilisedAt: null,
    demobilisingAt: null,
    closedAt: null,
    statusSince: now,
    sharedKeys: [],
    scope,
    wholeScope: wholeScopeOf({ scope, societyPath: society.path, leadPath: lead.path }),
    version: 1,
  };
}
