import { CLOCK_HEADER, type ScreenPicture } from '../../../../src/screens/screens.dto.js';
import { problemOf, ProblemError } from '../../api/http.js';
import { createState } from '../../app/state.js';
import { at, inDrill } from '../../app/world.js';
import { locale } from '../../i18n/i18n.js';
import { linkState, type LineState } from '../../live/link.rules.js';
import { type ClockTold, readClock } from './wall.rules.js';

const EVERY_MS = 2000;
/** An answer that has not come by then is late, where the browser says that it has no network. */
const OVERDUE_MS = 3000;
/** A server that takes longer is silent: the next question may find another one. */
const PATIENCE_MS = 20_000;
/** A link that is refused may be let in again when the clock was wrong or an address was over its allowance. */
const REFUSED_EVERY_MS = 15_000;

type WallState = {
  picture: ScreenPicture | null;
  /** Why nothing is shown: the server refused the link, or there is none. */
  refused: string | null;
  link: LineState;
  silentS: number;
  /** The last moment for which the server said that this is the picture. */
  confirmedAt: number | null;
};
const EMPTY: WallState = { picture: null, refused: null, link: 'offline', silentS: 0, confirmedAt: null };

/**
 * Asks for the picture every two seconds and shows the last answer; nothing is patched and nothing accumulates, so a restart of the server is
 * no event of its own. Each answer carries the server's clock.
 */
class WallFeed {
  readonly state = createState<WallState>(EMPTY);
  private token = '';
  private mark: string | null = null;
  private heardAt: number | null = null;
  private clock: ClockTold = { at: Date.now(), readAt: performance.now(), pace: 1 };
  private timer: number | undefined;
  private asking = false;

  start(token: string): void {
    this.token = token;
    if (token === '') return this.state.set({ refused: 'screen.no-link' });
    window.setInterval(() => this.look(), 1000);
    // A cable that is back is no reason to wait.
    window.addEventListener('online', () => void this.ask());
    window.addEventListener('offline', () => this.look());
    // The token is the end of the address: another one is another screen.
    window.addEventListener('hashchange', () => location.reload());
    void this.ask();
  }

  /** The server's time now, in ms. */
  now(): number {
    const { at: told, readAt, pace } = this.clock;
    return told + (performance.now() - readAt) * pace;
  }

  private async ask(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    window.clearTimeout(this.timer);
    let waitMs = EVERY_MS;
    try {
      await this.fetchOnce();
    } catch (error) {
      waitMs = this.refuse(problemOf(error));
    } finally {
      this.asking = false;
    }
    this.look();
    this.timer = window.setTimeout(() => void this.ask(), waitMs);
  }

  private async fetchOnce(): Promise<void> {
    const askedAt = performance.now();
    const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': locale(), Authorization: `Screen ${this.token}` }; // prettier-ignore
    if (this.mark) headers['If-None-Match'] = this.mark;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(at('/api/v1/screens/picture'), { headers, credentials: 'omit', cache: 'no-store', signal }); // prettier-ignore
    if (!response.ok && response.status !== 304) throw new ProblemError(response.status, await bodyOf(response));
    const picture = response.status === 304 ? null : ((await response.json()) as ScreenPicture);
    this.clock = readClock(response.headers.get(CLOCK_HEADER), { askedAt, readAt: performance.now() }) ?? this.clock;
    this.heardAt = performance.now();
    if (picture) this.mark = response.headers.get('ETag');
    this.state.set({ refused: null, confirmedAt: this.now(), ...(picture && { picture }) });
  }

  /** A refused link clears the wall at once; anything else is silence, and the last picture stays, with its age. */
  private refuse(problem: ProblemError): number {
    const over = problem.status === 404 && inDrill;
    if (problem.status !== 401 && !over) return EVERY_MS;
    this.mark = null;
    this.state.set({ refused: over ? 'screen.over' : problem.code, picture: null, confirmedAt: null }); // prettier-ignore
    return REFUSED_EVERY_MS;
  }

  private look(): void {
    const silentMs = this.heardAt === null ? Number.POSITIVE_INFINITY : performance.now() - this.heardAt;
    // A browser without any network still reaches a server on its own machine.
    const link = navigator.onLine || silentMs < OVERDUE_MS ? linkState(silentMs) : 'offline';
    const silentS = link === 'live' || this.heardAt === null ? 0 : Math.floor(silentMs / 1000);
    const held = this.state.get();
    if (held.link === link && held.silentS === silentS) return;
    document.documentElement.dataset.link = link;
    this.state.set({ link, silentS });
  }
}

async function bodyOf(response: Response): Promise<{ code?: string }> {
  try {
    return (await response.json()) as { code?: string };
  } catch {
    return {}; // not our server: a proxy that has nobody behind it
  }
}

/** The one feed of this page. */
export const wall = new WallFeed();
