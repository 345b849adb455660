import type { ActorDto, SocietyDto } from '../../../src/access/access.dto.js';
import type { AlarmDto } from '../../../src/alarms/alarms.dto.js';
import type { AlertDto } from '../../../src/alerts/alerts.dto.js';
import type { ReplyDto } from '../../../src/alerts/replies.dto.js';
import type { ChainFaultDto } from '../../../src/dispatch/audit/chain-audit.dto.js';
import type { AssignmentDto, SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import type { HelpCallDto } from '../../../src/dispatch/help-calls/help-call.dto.js';
import type { DutyNoticeDto } from '../../../src/duty/duty.dto.js';
import type { RollDto } from '../../../src/dispatch/accountability/roll.dto.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import type { ResponseDto, TaskDto } from '../../../src/incidents/response/responses.dto.js';
import { applyChange, listOf, pictureOf } from '../../../src/live/console.rules.js';
import type { Picture } from '../../../src/live/console.rules.js';
import type { LiveChange, SnapshotDto, Subject } from '../../../src/live/live.dto.js';
import type { MapLayerDto } from '../../../src/map-layers/map-layers.dto.js';
import type { PaperRowDto } from '../../../src/relief-stock/papers.dto.js';
import type { ItemDto, StockLevelDto, WarehouseDto } from '../../../src/relief-stock/relief-stock.dto.js';
import type { TeamDto, TeamUnitDto } from '../../../src/rescue-teams/rescue-teams.dto.js';
import type { ClockSettingDto } from '../../../src/settings/settings.dto.js';
import type { SuggestionDto } from '../../../src/suggestions/suggestions.dto.js';

/** What a row of each subject is. The picture holds exactly the DTOs of the snapshot. */
export type RowOf = {
  society: SocietyDto;
  incident: IncidentDto;
  team: TeamDto;
  'team-unit': TeamUnitDto;
  assignment: AssignmentDto;
  roll: RollDto;
  'help-call': HelpCallDto;
  'supply-order': SupplyOrderDto;
  alert: AlertDto;
  reply: ReplyDto;
  'chain-fault': ChainFaultDto;
  suggestion: SuggestionDto;
  warehouse: WarehouseDto;
  item: ItemDto;
  'stock-level': StockLevelDto;
  paper: PaperRowDto;
  response: ResponseDto;
  task: TaskDto;
  'duty-notice': DutyNoticeDto;
  alarm: AlarmDto;
  'clock-setting': ClockSettingDto;
  'map-layer': MapLayerDto;
};

/** Changes are gathered this long and applied as one frame, so a burst costs one drawing. */
export const FRAME_MS = 120;
const LOG_LENGTH = 200;

type Listener = () => void;

/** The console's picture with listeners by subject and by row. Knows nothing of sockets or React. */
export class LiveStore {
  actor: ActorDto | null = null;
  log: readonly LiveChange[] = [];
  private picture: Picture | null = null;
  private waiting: LiveChange[] = [];
  private frame: ReturnType<typeof setTimeout> | undefined;
  private holding = false;
  private readonly revisions = new Map<string, number>();
  private readonly listeners = new Map<string, Set<Listener>>();

  get seq(): number {
    return this.picture?.seq ?? 0;
  }
  get loaded(): boolean {
    return this.picture !== null;
  }
  get pending(): number {
    return this.waiting.length;
  }

  /** Lets changes wait while a snapshot is on its way: applied to the old picture they would be lost with it. */
  hold(): void {
    this.holding = true;
  }
  release(): void {
    this.holding = false;
    this.flush();
  }

  /** What is shown now, to be kept; null while nothing is. */
  held(): { actor: ActorDto; picture: Picture } | null {
    return this.actor && this.picture ? { actor: this.actor, picture: this.picture } : null;
  }

  /** Takes a fresh snapshot; whatever waited is older than it or is applied on top of it. */
  replace(snapshot: SnapshotDto): void {
    this.show({ actor: snapshot.actor, picture: pictureOf(snapshot) });
  }

  /** Shows a picture: of now, or the last one that was kept. */
  show({ actor, picture }: { actor: ActorDto; picture: Picture }): void {
    this.actor = actor;
    this.picture = picture;
    const touched = new Set<string>(['loaded', 'log']);
    for (const subject of Object.keys(picture.rows)) touched.add(subject);
    for (const key of this.listeners.keys()) touched.add(key);
    this.tell(touched);
  }

  /** The server says that nothing up to `seq` is missing: numbers outside our scope never come. */
  reach(seq: number): void {
    this.flush();
    if (this.picture && !this.holding && seq > this.picture.seq) this.picture.seq = seq;
  }

  /** Queues a change for the next frame. */
  push(change: LiveChange): void {
    this.waiting.push(change);
    this.frame ??= setTimeout(() => this.flush(), FRAME_MS);
  }

  flush(): void {
    clearTimeout(this.frame);
    this.frame = undefined;
    if (this.holding || !this.picture || this.waiting.length === 0) return;
    const batch = this.waiting.splice(0).sort((a, b) => a.seq - b.seq);
    const touched = new Set<string>();
    const news: LiveChange[] = [];
    for (const change of batch) {
      if (change.seq <= this.picture.seq) continue;
      news.push(change);
      if (!applyChange(this.picture, change)) continue;
      for (const subject of [change.subject, listOf(change.subject)])
        touched.add(subject).add(`${subject}/${change.subjectId}`);
    }
    if (news.length === 0) return;
    this.log = [...this.log, ...news].slice(-LOG_LENGTH);
    touched.add('log');
    this.tell(touched);
  }

  clear(): void {
    clearTimeout(this.frame);
    this.frame = undefined;
    this.waiting = [];
    this.holding = false;
    this.picture = null;
    this.actor = null;
    this.log = [];
    this.tell(new Set(this.listeners.keys()));
  }

  row<S extends Subject>(subject: S, id: string | null | undefined): RowOf[S] | undefined {
    return id ? (this.picture?.rows[subject].get(id) as unknown as RowOf[S] | undefined) : undefined;
  }
  rows<S extends Subject>(subject: S): RowOf[S][] {
    return this.picture ? ([...this.picture.rows[subject].values()] as unknown as RowOf[S][]) : [];
  }

  /** Grows whenever one of the keys ('incident', 'incident/ID', 'log', 'loaded') changed. */
  revision(keys: readonly string[]): number {
    return keys.reduce((sum, key) => sum + (this.revisions.get(key) ?? 0), 0);
  }

  subscribe(keys: readonly string[], listener: Listener): () => void {
    for (const key of keys) {
      const held = this.listeners.get(key) ?? new Set();
      held.add(listener);
      this.listeners.set(key, held);
    }
    return () => {
      for (const key of keys) {
        const held = this.listeners.get(key);
        held?.delete(listener);
        if (held?.size === 0) this.listeners.delete(key);
      }
    };
  }

  private tell(touched: Set<string>): void {
    const called = new Set<Listener>();
    for (const key of touched) {
      this.revisions.set(key, (this.revisions.get(key) ?? 0) + 1);
      this.listeners.get(key)?.forEach((listener) => called.add(listener));
    }
    called.forEach((listener) => listener());
  }
}
