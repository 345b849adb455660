import { Logger } from '@nestjs/common';
import {
  OnGatewayConnection,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { Server, Socket } from 'socket.io';
import { AccessService, sessionToken, userKey, type Actor } from '../access/index.js';
import { Database, read } from '../database/index.js';
import { headSeq, JournalFeed, visibleChangesAfter, type SealedChange } from '../journal/index.js';
import { liveJoin, type LiveChange } from './live.dto.js';

const BEAT_MS = 3000;
/** A console further behind than this fetches a snapshot instead of a replay. */
const REPLAY_LIMIT = 2000;
/** Changes of these subjects mean that what a person may see has changed. */
const ACCESS_SUBJECTS = new Set(['user', 'session']);

interface Console {
  token: string;
  actor: Actor;
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

  constructor(
    private readonly access: AccessService,
    private readonly db: Database,
    private readonly feed: JournalFeed,
  ) {}

  afterInit(): void {
    this.feed.follow((changes) => this.tell(changes));
    this.beat = setInterval(() => this.io.to('joined').emit('live:beat', { seq: this.feed.seq }), BEAT_MS);
    this.beat.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.beat);
    this.io?.disconnectSockets(true);
  }

  /** Lets in live sessions only. The socket keeps its token so that a joining console is checked again. */
  async handleConnection(socket: Socket): Promise<void> {
    const own = (socket.handshake.auth as { token?: unknown }).token;
    const token = typeof own === 'string' ? own : sessionToken(socket.handshake).token;
    const actor = token ? await this.access.actorOf(token).catch(() => undefined) : undefined;
    if (!token || !actor) {
      socket.emit('live:refused', { code: 'auth.required' });
      socket.disconnect(true);
      return;
    }
    (socket.data as Console).token = token;
    (socket.data as Console).actor = actor;
    socket.emit('live:ready', {});
  }

  /** Joins the rooms of the actor, replays what was sealed since `after`, then follows. Too far behind: `live:reset`. */
  @SubscribeMessage('live:join')
  async join(socket: Socket, body: unknown): Promise<{ ok: boolean; code?: string; seq?: number }> {
    const asked = liveJoin.safeParse(body);
    if (!asked.success) return { ok: false, code: 'request.invalid' };
    const actor = await this.access.actorOf((socket.data as Partial<Console>).token ?? '');
    if (!actor) {
      socket.disconnect(true);
      return { ok: false, code: 'auth.required' };
    }
    const reached = await this.replay(socket, actor.keys, asked.data.after);
    if (reached === null) socket.emit('live:reset', {});
    return { ok: true, seq: reached ?? this.feed.seq };
  }

  /**
   * Sends what was sealed since `after`, and joins the rooms in the very turn in which nothing is left to replay: a change handed on
   * later reaches the rooms, one handed on earlier was replayed, and no newer one can overtake it. Null when too far behind.
   */
  private async replay(socket: Socket, keys: string[], after: number): Promise<number | null> {
    let reached = after;
    do {
      const { head, missed } = await read(this.db, async (tx) => {
        const newest = await headSeq(tx);
        return { head: newest, missed: await visibleChangesAfter(tx, reached, keys, REPLAY_LIMIT + 1) };
      });
      if (missed.length > REPLAY_LIMIT) {
        void socket.join([...keys, 'joined']);
        return null;
      }
      for (const change of missed) socket.emit('live:change', toLiveChange(change));
      reached = Math.max(reached, head, missed.at(-1)?.seq ?? 0);
    } while (reached < this.feed.seq);
    void socket.join([...keys, 'joined']);
    return reached;
  }

  private tell(changes: SealedChange[]): void {
    if (!this.io) return;
    for (const change of changes) {
      if (ACCESS_SUBJECTS.has(change.subject)) this.accessChanged(change);
      else this.io.to(change.scope).emit('live:change', toLiveChange(change));
    }
  }

  private accessChanged(change: SealedChange): void {
    for (const key of change.scope.filter((scope) => scope.startsWith(userKey('')))) {
      this.io.to(key).emit('live:reset', {});
      if (change.kind !== 'session.ended') this.io.in(key).disconnectSockets(true);
      else void this.endSession(key, change.subjectId);
    }
  }

  private async endSession(key: string, sessionId: string): Promise<void> {
    try {
      for (const socket of await this.io.in(key).fetchSockets()) {
        if ((socket.data as Console).actor.sessionId === sessionId) socket.disconnect(true);
      }
    } catch (error) {
      this.log.warn(`could not close the sockets of a session: ${String(error)}`);
    }
  }
}

export function toLiveChange(change: SealedChange): LiveChange {
  const { seq, kind, subject, subjectId, version, incidentId, actorName } = change;
  const data = JSON.parse(change.body) as Record<string, unknown>;
  return { seq, kind, subject, subjectId, version, incidentId, actorName, data, at: change.receivedAt.toISOString() };
}
