import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccessService, type Actor, EVERYONE, systemActor } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, inTransaction, read } from '../database/index.js';
import { ReplyService } from '../dispatch/index.js';
import { IncidentsService, SituationService } from '../incidents/index.js';
import { reportIncident, reportSituation, setNeeds } from '../incidents/incidents.dto.js';
import { recordChange } from '../journal/index.js';
import { JobQueue } from '../queue/index.js';
import { RequestService } from '../relief-stock/index.js';
import { requestGoods } from '../relief-stock/requests/requests.dto.js';
import { Clock } from '../shared/clock.js';
import { idFrom } from '../shared/ids.js';
import { notFound, Problem } from '../shared/problem.js';
import type { InjectCall } from './drills.dto.js';
import { deskOf, idOf, type InjectRow, leaderPhone, saveInject, takeInject, toInjectDto } from './world.store.js';

const JOB = 'drills.injects';
const TICK_MS = 1000;
/** An inject that was begun so long ago by the real clock, whatever that of the drill shows, and never noted is taken again; its command tells it apart. */
const LOST_S = 60;
const ACTOR = systemActor(JOB);
type Call<K extends InjectCall['kind']> = Extract<InjectCall, { kind: K }>;

/**
 * Plays the script of a drill, inside it: each inject is the ordinary command of the person who would give it, so that it meets the ordinary
 * rules and has one effect however often it is taken. One that is refused is told with the code and stops no other.
 */
@Injectable()
export class InjectsService {
  private readonly log = new Logger('drill');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly access: AccessService,
    private readonly incidents: IncidentsService,
    private readonly situations: SituationService,
    private readonly requests: RequestService,
    private readonly replies: ReplyService,
    @Inject(CONFIG) private readonly config: Config,
    queue: JobQueue,
  ) {
    queue.every(JOB, TICK_MS, async () => void (await this.playDue()));
  }

  /** Plays what is due, in its order; answers how many. */
  async playDue(): Promise<number> {
    for (let played = 0; ; played++) {
      const now = this.clock.now();
      const inject = await inTransaction(this.db, (tx) => takeInject(tx, { now, lostS: LOST_S }));
      if (!inject) return played;
      await this.note(inject, await this.refusalOf(inject));
    }
  }

  private async refusalOf(inject: InjectRow): Promise<string | null> {
    try {
      await this.play(inject);
      return null;
    } catch (error) {
      if (!(error instanceof Problem)) this.log.warn(`inject ${inject.line} failed: ${String(error)}`);
      return error instanceof Problem ? error.code : 'request.invalid';
    }
  }

  private async note(inject: InjectRow, refusal: string | null): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const done: InjectRow = { ...inject, state: refusal ? 'refused' : 'played', playedAt: this.clock.now(), refusal };
      await saveInject(tx, done);
      // What is expected is for evaluators, who read the script: the record of a drill is told to every player.
      if (inject.call.kind === 'expected') return;
      await recordChange(tx, {
        kind: `inject.${done.state}`, subject: 'inject', id: inject.id, version: 1, scope: [EVERYONE], data: toInjectDto(done), actor: ACTOR,
      }); // prettier-ignore
    });
  }

  private async play({ id, call }: InjectRow): Promise<unknown> {
    if (call.kind === 'report') return this.report(await this.desk(call.by, id), call);
    if (call.kind === 'needs') return this.needs(await this.desk(call.by, id), call);
    if (call.kind === 'situation-report') return this.situation(await this.desk(call.by, id), call);
    if (call.kind === 'request') return this.request(await this.desk(call.by, id), call);
    return call.kind === 'reply' ? this.reply(id, call) : null;
  }

  private incidentId(key: string): string {
    return idFrom('drill incident', String(this.config.drill!.number), key);
  }

  private async report(desk: Actor, { kind: _, by: __, key, ...call }: Call<'report'>): Promise<void> {
    const { incidentKind, societyAdcode, reporterName, reporterPhone, ...facts } = call;
    const societyId = societyAdcode && (await this.known('society', societyAdcode));
    const reporter = { name: reporterName, phone: reporterPhone, source: 'other' };
    await this.incidents.reportIncident(
      desk,
      reportIncident.parse({ ...facts, id: this.incidentId(key), kind: incidentKind, societyId, reporter }),
    );
  }

  private async needs(desk: Actor, { incidentKey, capabilities, items }: Call<'needs'>): Promise<void> {
    const { version } = await this.incidents.incident(desk, this.incidentId(incidentKey));
    const needed = await Promise.all(items.map(async ({ itemCode, ...need }) => ({ ...need, itemId: await this.known('item', itemCode) }))); // prettier-ignore
    await this.incidents.setNeeds(
      desk,
      this.incidentId(incidentKey),
      setNeeds.parse({ version, capabilities, items: needed }),
    );
  }

  private async situation(
    desk: Actor,
    { kind: _, by: __, incidentKey, ...call }: Call<'situation-report'>,
  ): Promise<void> {
    // prettier-ignore
    const asOf = this.clock.now().toISOString();
    await this.situations.reportSituation(desk, this.incidentId(incidentKey), reportSituation.parse({ ...call, asOf }));
  }

  private async request(desk: Actor, { kind: _, by, neededInMin, lines, ...call }: Call<'request'>): Promise<void> {
    const neededBy = new Date(this.clock.now().getTime() + neededInMin * 60_000).toISOString();
    const wanted = await Promise.all(lines.map(async ({ itemCode, units }) => ({ itemId: await this.known('item', itemCode), units }))); // prettier-ignore
    const societyId = await this.known('society', by);
    await this.requests.requestGoods(desk, requestGoods.parse({ ...call, societyId, neededBy, lines: wanted }));
  }

  private async reply(id: string, { unitCode, words }: Call<'reply'>): Promise<void> {
    const phone = await read(this.db, (tx) => leaderPhone(tx, unitCode));
    if (!phone) throw notFound('team-unit', unitCode);
    await this.replies.receive({ providerId: `inject ${id}`, phone, words, sentAt: this.clock.now() });
  }

  /** The duty desk of a society, with the inject's own key: taken twice, its command has one effect. */
  private async desk(adcode: string, injectId: string): Promise<Actor> {
    const account = await read(this.db, (tx) => deskOf(tx, adcode));
    if (!account) throw notFound('user', adcode);
    const fingerprint = createHash('sha256').update(injectId).digest();
    return { ...(await this.access.actorNamed(account)), command: { key: `inject:${injectId}`, fingerprint } };
  }

  private async known(table: 'society' | 'item', code: string): Promise<string> {
    const id = await read(this.db, (tx) => idOf(tx, table, code));
    if (!id) throw notFound(table, code);
    return id;
  }
}
