import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { ActorDto } from '../../../src/access/access.dto.js';
import type { Picture } from '../../../src/live/console.rules.js';
import type { LiveChange, SnapshotDto } from '../../../src/live/live.dto.js';
import { at } from '../app/world.js';
import { get, problemOf, whenAnswered, whenUnheard } from '../api/http.js';
import type { ProblemError } from '../api/http.js';
import { learnServerTime } from './clock.js';
import { gapIsReal, linkOf, watchGap } from './link.rules.js';
import type { Asking, Gap, LinkState } from './link.rules.js';
import { LiveStore } from './store.js';

const COME_BACK_MS = 1500;
/** How long a command waits at most for what it changed: on a line this slow the server says whether the next one came too early. */
const OWN_ACT_MS = 1500;
/** A question whether there is any line is given up after this long: whoever only answers slowly is judged by the silence. */
const PROBE_MS = 5000;
/** A line that is heard while requests find nobody asks whether they do again, at this pace at most. */
const PROBE_AGAIN_MS = 1000;

export type Link = { state: LinkState; silentS: number };

/** Keeps the store equal to the server: snapshot first, then changes. Doubt is settled by a replay, `live:reset` by a snapshot. */
class Live {
  readonly store = new LiveStore();
  problem: ProblemError | null = null;
  link: Link = { state: 'offline', silentS: 0 };
  /** When the shown picture was drawn, where it is a kept one because the server could not be asked yet. */
  rememberedAt: number | null = null;
  /** Finds the last picture that was kept on this device; set by `offline/keeping.ts`. */
  recall: (() => Promise<{ actor: ActorDto; picture: Picture; atMs: number } | null>) | null = null;
  /** When the auditor of the alert chain last looked, as the last beat said. */
  auditedAt: string | null = null;
  private socket: Socket | null = null;
  private heardAt = performance.now();
  private gap: Gap = null;
  /** Since when requests find nobody, which is known before the server has been silent for long; null once one was answered. */
  private unheardAt: number | null = null;
  /** Whether one found nobody after the line had been heard: then it is not the line. */
  private lineLives = false;
  private probedAt = 0;
  private following = false;
  private probing: Promise<void> | null = null;
  private fetching: Promise<void> | null = null;
  /** Ends once the line follows. */
  private joined: Promise<void> = Promise.resolve();
  private nowJoined = () => {};
  private watch: number | undefined;
  private readonly listeners = new Set<() => void>();

  /** Starts following. The first snapshot decides whether there is anything to show. */
  async start(): Promise<void> {
    this.following = true;
    // Once is enough: until somebody is heard again, what fails after it says nothing new.
    whenUnheard(() => this.unheardAt === null && this.probe());
    window.addEventListener('offline', this.probe);
    window.addEventListener('online', this.probe);
    await this.fetchPicture();
    this.watch ??= window.setInterval(() => this.tick(), 1000);
    whenAnswered(() => this.showAll());
    if (this.socket) return;
    const socket = io({ path: at('/socket.io'), withCredentials: true, reconnectionDelayMax: 5000 });
    this.socket = socket;
    this.awaitJoin();
    socket.on('live:ready', () => this.join());
    socket.on('disconnect', () => this.awaitJoin());
    // The server closes the line when it restarts or the session ends; the client then does not come back by itself.
    socket.on('disconnect', (reason) => reason === 'io server disconnect' && this.comeBack(socket));
    socket.on('live:change', (change: LiveChange) => {
      this.hear();
      this.store.push(change);
    });
    socket.on('live:reset', () => {
      this.hear();
      void this.fetchPicture().then(() => this.join());
    });
    socket.on('live:beat', (beat: { seq: number; auditedAt: string | null }) => {
      this.hear();
      this.auditedAt = beat.auditedAt;
      this.tell();
      this.checkGap(beat.seq);
    });
  }

  stop(): void {
    window.clearInterval(this.watch);
    this.watch = undefined;
    this.socket?.close();
    this.socket = null;
    window.removeEventListener('offline', this.probe);
    window.removeEventListener('online', this.probe);
    whenUnheard(() => {});
    this.forgetUnheard();
    this.following = false;
    this.store.clear();
    this.rememberedAt = null;
    this.tell();
  }

  /** Fetches the picture anew: after a reset, a gap, or an answer that proves ours old. Calls made meanwhile share it. */
  async fetchPicture(): Promise<void> {
    this.fetching ??= this.fetchOnce().finally(() => (this.fetching = null));
    return this.fetching;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /**
   * Ends once the picture shows all that the server had taken when this was called; not waited for on a line that is silent. On a page just
   * opened, and while a cut line comes back, the question waits for the join: before it nothing is told.
   */
  private async showAll(): Promise<void> {
    this.hearAnswer();
    if (this.link.state !== 'live' || !this.socket) return;
    const told = this.joined.then(() => this.socket?.timeout(OWN_ACT_MS).emitWithAck('live:catch-up'));
    const tooLate = new Promise((resolve) => setTimeout(resolve, OWN_ACT_MS));
    await Promise.race([told.catch(() => {}).then(() => this.fetching), tooLate]);
    this.store.flush();
  }

  private async fetchOnce(): Promise<void> {
    const askedAt = Date.now();
    this.store.hold();
    try {
      const snapshot = await get<SnapshotDto>('/live/snapshot');
      learnServerTime(snapshot.at, askedAt, Date.now());
      this.store.replace(snapshot);
      this.rememberedAt = null;
      this.problem = null;
      this.gap = null;
      this.forgetUnheard();
      this.hear();
    } catch (error) {
      this.problem = problemOf(error);
      if (this.problem.status === 0 && !this.store.loaded) await this.showRemembered();
    } finally {
      this.store.release();
    }
    this.tell();
  }

  private async showRemembered(): Promise<void> {
    const found = await this.recall?.().catch(() => null);
    if (!found || this.store.loaded) return;
    this.rememberedAt = found.atMs;
    this.store.show(found);
  }

  /** Joins after what we hold; the server replays the rest in order and answers how far we are then. */
  private join(): void {
    this.gap = null;
    this.socket?.emit('live:join', { after: this.store.seq }, (answer: { ok: boolean; seq?: number }) => {
      this.hear();
      if (answer.ok && answer.seq !== undefined) this.store.reach(answer.seq);
      this.nowJoined();
    });
  }

  private awaitJoin(): void {
    this.joined = new Promise((resolve) => (this.nowJoined = resolve));
  }

  /** Asks who we are first: a session that has ended shows the sign-in page, any other line is opened again. */
  private comeBack(socket: Socket): void {
    window.setTimeout(() => {
      if (this.socket !== socket) return;
      get('/me').then(
        () => socket.connect(),
        (error: unknown) => problemOf(error).status !== 401 && this.comeBack(socket),
      );
    }, COME_BACK_MS);
  }

  /** Asks whether the server can be reached at all: every page then says the same about the link, and at once. */
  private probe = (): void => {
    this.probedAt = performance.now();
    if (!navigator.onLine) this.hearNobody();
    this.probing ??= this.askAround().finally(() => (this.probing = null));
  };

  private async askAround(): Promise<void> {
    const patience = AbortSignal.timeout(PROBE_MS);
    const isReached = await get('/me', patience).then(() => true, (error: unknown) => problemOf(error).status !== 0); // prettier-ignore
    if (!this.following) return;
    if (!isReached && !patience.aborted) return this.hearNobody();
    if (!isReached && !this.isHeardSince()) return;
    // A browser without any network still reaches a server on its own machine.
    this.hearAnswer();
    if (isReached && this.socket?.disconnected) this.socket.connect();
  }

  private hearNobody(): void {
    this.lineLives ||= this.isHeardSince();
    this.unheardAt ??= performance.now();
    this.look();
  }

  private hearAnswer(): void {
    this.forgetUnheard();
    this.look();
  }

  private forgetUnheard(): void {
    this.unheardAt = null;
    this.lineLives = false;
  }

  private isHeardSince(): boolean {
    return this.unheardAt !== null && this.heardAt > this.unheardAt;
  }

  private hear(): void {
    this.heardAt = performance.now();
    if (this.link.state !== 'live') this.look();
    if (this.unheardAt !== null && this.heardAt - this.probedAt >= PROBE_AGAIN_MS) this.probe();
  }

  /** A page that shows kept answers must not call itself live beside them; a desk judges by the silence (C-26) until the line proves to live. */
  private asking(): Asking {
    if (this.unheardAt === null) return 'answered';
    if (this.lineLives) return 'unanswered';
    return this.recall || !navigator.onLine ? 'cut' : 'answered';
  }

  private checkGap(beatSeq: number): void {
    const nowMs = performance.now();
    this.gap = watchGap(this.gap, { beatSeq, appliedSeq: this.store.seq, pending: this.store.pending, nowMs });
    if (!gapIsReal(this.gap, nowMs)) return;
    // Numbers outside our scope look like a gap too: the replay costs the server one query, a snapshot would cost it all.
    this.join();
  }

  /** The picture is asked for again at this pace and no other: an answer that failed must not ask the next question by itself. */
  private tick(): void {
    this.look();
    const old = !this.store.loaded || this.rememberedAt !== null;
    if (old && !this.fetching && this.problem?.status === 0) void this.fetchPicture();
  }

  private look(): void {
    const silentMs = performance.now() - this.heardAt;
    const next: Link = { state: linkOf(silentMs, this.asking()), silentS: Math.floor(silentMs / 1000) };
    if (
      next.state === this.link.state &&
      (next.state === 'live' || next.state === 'unanswered' || next.silentS === this.link.silentS)
    )
      return;
    this.link = next;
    document.documentElement.dataset.link = next.state;
    this.tell();
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }
}

/** The one picture of this page. */
export const live = new Live();
