/**
 * The world of this page, by its address alone: '' for reality, '/drill/<n>' for a drill. Every request, line and file of the page goes
 * there, and what the page keeps in this browser is kept apart (C-29).
 */
export const WORLD: string =
  typeof location === 'undefined' ? '' : (/^\/drill\/\d+(?=\/)/.exec(location.pathname)?.[0] ?? '');
export const inDrill = WORLD !== '';
/** The number of the drill, or null. */
export const drillNumber: number | null = inDrill ? Number(WORLD.slice('/drill/'.length)) : null;
/** An address of the server in this world. */
export const at = (path: string): string => WORLD + path;
/** A name under which this world keeps something in the browser. */
export const keptAs = (key: string): string => (inDrill ? `${key}@${WORLD}` : key);
