import { Acts } from './acts.js';
import { Cast } from './cast.js';
import { Checks } from './checks.js';
import { Desk, Screen } from './desk.js';
import { timeline } from './timeline.js';

export interface ReplayOptions {
  url: string;
  /** How many times faster than the clock; Infinity: as fast as the server answers. */
  speed: number;
  password: string;
  /** Plays it in a drill that is begun for it and ended after it: reality stays as it is. */
  drill?: boolean;
  log?: (line: string) => void;
}

/**
 * Plays typhoon Lekima against a running server as its people would: duty officers, team leaders and keepers, through the public API
 * and the live feed only. Answers whether every check held, and prints the table.
 */
export async function replay(options: ReplayOptions): Promise<boolean> {
  if (options.drill) return inDrill(options);
  return play(options, new Cast(options.url, options.password));
}

type Drill = { id: string; path: string; version: number };

/** The same, in a drill: everybody enters it with a real session. */
async function inDrill(options: ReplayOptions): Promise<boolean> {
  const { url: origin, password, log = console.log } = options;
  const lead = new Desk(origin, 'lead.330000', password);
  const { actor } = await lead.get<{ actor: { grants: { societyId: string }[] } }>('/live/snapshot');
  const planned = await lead.post<Drill>('/drills', { title: 'lekima-2019', societyId: actor.grants[0]!.societyId });
  const { id, path } = await lead.post<Drill>(`/drills/${planned.id}/start`, { version: planned.version });
  log(`in the drill at ${origin}${path}`);
  const held = await play(options, new Cast(origin + path.replace(/\/$/, ''), password, { id, origin }));
  const { version } = await lead.get<Drill>(`/drills/${id}`);
  const ended = await lead.post<{ score: { inTimePct: number | null } }>(`/drills/${id}/end`, { version });
  log(`the drill is over; in time: ${ended.score.inTimePct ?? '-'} %`);
  return held;
}

async function play(options: ReplayOptions, cast: Cast): Promise<boolean> {
  const log = options.log ?? console.log;
  await cast.meet();
  const screen = new Screen(cast.province);
  await screen.open();
  const checks = new Checks(cast, screen);
  const acts = new Acts(cast, checks);
  await checks.openBooks();
  let last: number | undefined;
  for (const entry of timeline()) {
    const at = Date.parse(entry.at);
    if (last !== undefined && Number.isFinite(options.speed))
      await new Promise((wake) => setTimeout(wake, (at - last!) / options.speed));
    last = at;
    const did = await acts.play(entry);
    if (did) log(`${entry.at.slice(5, 16).replace('T', ' ')}  ${entry.kind.padEnd(17)} ${did}`);
  }
  await checks.closeBooks(acts);
  screen.close();
  log(`\n${checks.table()}`);
  return checks.held;
}
