import { Inject, Logger } from '@nestjs/common';
import {
  OnGatewayConnection,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
  type OnGatewayInit,
} from '@nestjs/websockets';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Server, Socket } from 'socket.io';
import { AccessService, isFromOtherSite, sessionToken, userKey, type Actor } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, read } from '../database/index.js';
import { ChainAuditService } from '../dispatch/index.js';
import { headSeq, JournalFeed, visibleChangesAfter, type FedChange, type SealedChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { liveJoin, type LiveChange } from './live.dto.js';

const BEAT_MS = 3000;
/** A console further behind than this fetches a snapshot instead of a replay. */
const REPLAY_LIMIT = 2000;
/** Changes of these subjects mean that what a person may see has changed. */
const ACCESS_SUBJECTS = new Set(['user', 'session']);
/** What one session may have replayed in a minute, over all its sockets; a join with nothing to replay counts as one change. */
const REPLAYED_PER_MINUTE = 10 * REPLAY_LIMIT;

interface Console {
  token: string;
  actor: Actor;
  joining: boolean;
}

/**
 * Tells consoles what the journal says, and nothing else: commands never travel by socket. A change goes to the rooms named by its
 * scope keys; a console is in the rooms of its actor's keys.
 */
@WebSocketGateway({ path: '/socket.io', serveClient: false, maxHttpBufferSize: 10_000 })
export class LiveGateway implements OnGatewayInit, OnGatewayConnection {
  private readonly log = new Logger('live');
  @WebSocketServer() private readonly io!: Server;
  private beat: NodeJS.Timeout | undefined;
  /** When the auditor of the alert chain last looked, as far as this process knows: consoles judge its silence themselves. */
  private auditedAt: string | null = null;
  private readonly replayed = new RateLimiterMemory({ points: REPLAYED_PER_MINUTE, duration: 60 });

  constructor(
    private readonly access: AccessService,
    private readonly db: Database,
    private readonly feed: JournalFeed,
    private readonly clock: Clock,
    private readonly auditor: ChainAuditService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  afterInit(): void {
    this.feed.follow((changes) => this.tell(changes));
    this.beat = setInterval(() => this.tellBeat(), BEAT_MS);
    this.beat.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.beat);
    this.io?.disconnectSockets(true);
  }

  /** Lets in live sessions only. The socket keeps its token so that a joining console is checked again. */
  async handleConnection(socket: Socket): Promise<void> {
    const token = tokenOf(socket.handshake, this.config);
    const actor = token ? await this.access.actorOf(token).catch(() => undefined) : undefined;
    if (!token || !actor) {
      socket.emit('live:refused', { code: 'auth.required' });
      socket.disconnect(true);
      return;
    }
    Object.assign(socket.data, { token, actor, joining: false } satisfies Console);
    // From here on the end of the session finds this socket, also before and while it joins.
    void socket.join(linesOf(userKey(actor.userId)));
    socket.emit('live:ready', {});
  }

  /**
   * Joins the rooms of the actor, replays what was sealed since `after`, then follows. Too far behind: `live:reset`. A database that cannot be
   * asked closes the line.
   */
  @SubscribeMessage('live:join')
  async join(socket: Socket, body: unknown): Promise<{ ok: boolean; code?: string; seq?: number }> {
    const asked = liveJoin.safeParse(body);
    if (!asked.success) return { ok: false, code: 'request.invalid' };
    const held = socket.data as Partial<Console>;
    if (held.joining) return { ok: false, code: 'rate.limited' };
    held.joining = true;
    try {
      const actor = await this.access.actorOf(held.token ?? '');
      if (!actor) {
        socket.disconnect(true);
        return { ok: false, code: 'auth.required' };
      }
      if (!(await this.isAllowed(actor.sessionId))) return { ok: false, code: 'rate.limited' };
      const reached = await this.replay(socket, actor, asked.data.after);
      if (reached === null) socket.emit('live:reset', {});
      return { ok: true, seq: reached ?? this.feed.seq };
    } catch (error) {
      // Joined to nothing it would hear nothing for as long as its line holds; cut off it comes back by itself.
      this.log.warn(`a console could not join: ${String(error)}`);
      socket.disconnect(true);
      return { ok: false, code: 'busy' };
    } finally {
      held.joining = false;
    }
  }

  /**
   * Answers a console that follows once it was sent whatever it may see of what had committed before it asked, its own last act above all: the
   * answer comes behind those changes on the same line. `not-joined` for others; counts as one replayed change.
   */
  @SubscribeMessage('live:catch-up')
  async catchUp(socket: Socket): Promise<{ ok: boolean; code?: string }> {
    const { actor } = socket.data as Partial<Console>;
    if (!actor || !socket.rooms.has('joined')) return { ok: false, code: 'not-joined' };
    if (!(await this.isAllowed(actor.sessionId))) return { ok: false, code: 'rate.limited' };
    await this.feed.caughtUp();
    return { ok: true };
  }

  private isAllowed(sessionId: string): Promise<boolean> {
    return this.replayed.consume(sessionId).then(() => true, () => false); // prettier-ignore
  }

  /**
   * Sends what was sealed since `after`, and joins the rooms in the very turn in which nothing is left to replay: a change handed on
   * later reaches the rooms, one handed on earlier was replayed, and no newer one can overtake it. Null when too far behind, or ahead of
   * the record (it was restored from a copy): such a console would take every change for an old one.
   */
  private async replay(socket: Socket, { keys, sessionId }: Actor, after: number): Promise<number | null> {
    let reached = after;
    do {
      const { head, missed } = await read(this.db, async (tx) => {
        const newest = await headSeq(tx);
        return { head: newest, missed: await visibleChangesAfter(tx, reached, keys, REPLAY_LIMIT + 1) };
      });
      if (missed.length > REPLAY_LIMIT || after > head) {
        void socket.join([...keys, 'joined']);
        return null;
      }
      await this.replayed.penalty(sessionId, missed.length);
      for (const change of missed) socket.emit('live:change', toLiveChange(change));
      reached = Math.max(reached, head, missed.at(-1)?.seq ?? 0);
    } while (reached < this.feed.seq);
    void socket.join([...keys, 'joined']);
    return reached;
  }

  /** The pulse; and consoles whose session ran out leave here, because nothing in the record says so. */
  private tellBeat(): void {
    this.io.to('joined').emit('live:beat', { seq: this.feed.seq, auditedAt: this.auditedAt });
    void this.lookAtAuditor();
    const now = this.clock.now();
    for (const socket of this.io.sockets.sockets.values()) {
      const { actor } = socket.data as Partial<Console>;
      if (actor && actor.sessionEndsAt <= now) socket.disconnect(true);
    }
  }

  /** Never before a beat: a database that hangs must not stop the pulse. */
  private async lookAtAuditor(): Promise<void> {
    const state = await this.auditor.state().catch(() => null);
    this.auditedAt = state?.lastAuditedAt ?? this.auditedAt;
  }

  private tell(changes: FedChange[]): void {
    if (!this.io) return;
    for (const change of changes) {
      if (ACCESS_SUBJECTS.has(change.subject)) this.accessChanged(change);
      else this.tellRooms(change);
    }
  }

  /** Whoever may see the whole gets it, and not the masked line beside it, however many of the rooms the console is in. */
  private tellRooms({ masked, wholeScope, ...change }: FedChange): void {
    if (masked === null || wholeScope === null) {
      this.io.to(change.scope).emit('live:change', toLiveChange(change));
      return;
    }
    this.io.to(wholeScope).emit('live:change', toLiveChange(change));
    this.io
      .to(change.scope)
      .except(wholeScope)
      .emit('live:change', toLiveChange({ ...change, body: masked }));
  }

  private accessChanged(change: SealedChange): void {
    for (const key of change.scope.filter((scope) => scope.startsWith(userKey('')))) {
      const lines = linesOf(key);
      this.io.to(lines).emit('live:reset', {});
      if (change.kind !== 'session.ended') this.io.in(lines).disconnectSockets(true);
      else void this.endSession(lines, change.subjectId);
    }
  }

  private async endSession(lines: string, sessionId: string): Promise<void> {
    try {
      for (const socket of await this.io.in(lines).fetchSockets()) {
        if ((socket.data as Console).actor.sessionId === sessionId) socket.disconnect(true);
      }
    } catch (error) {
      this.log.warn(`could not close the sockets of a session: ${String(error)}`);
    }
  }
}

/** The room of all sockets of one person, joined or not. No scope key, or changes would come before the replay. */
const linesOf = (key: string): string => `lines of ${key}`;

/** The token in the handshake, or the session cookie if the page that opens the socket is ours. */
function tokenOf({ auth, headers }: Socket['handshake'], config: Config): string | undefined {
  const own = (auth as { token?: unknown }).token;
  if (typeof own === 'string') return own;
  const { token, fromCookie } = sessionToken({ headers }, config);
  return fromCookie && isFromOtherSite(headers) ? undefined : token;
}

export function toLiveChange(change: SealedChange): LiveChange {
  const { seq, kind, subject, subjectId, version, incidentId, actorName } = change;
  const data = JSON.parse(change.body) as Record<string, unknown>;
  return { seq, kind, subject, subjectId, version, incidentId, actorName, data, at: change.receivedAt.toISOString() };
}
