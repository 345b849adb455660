import type { SocietyDto } from '../../../src/access/access.dto.js';

/** City, district and county endings that callers leave out. */
const ENDING = /(?<=..)(?:\u5e02|\u533a|\u53bf)$/u;
const spokenName = (society: SocietyDto): string => society.shortName.replace(ENDING, '');

/**
 * The county or city that a spoken place most likely lies in: the longest known name inside the text, a county before a
 * city. Gives the map a first point while the caller still talks; the officer sees and corrects it.
 */
export function guessPlace(text: string, societies: SocietyDto[]): SocietyDto | null {
  let best: SocietyDto | null = null;
  const score = (society: SocietyDto) => spokenName(society).length * 2 + (society.level === 'county' ? 1 : 0);
  for (const society of societies) {
    if (society.level === 'province' || society.level === 'partner' || !text.includes(spokenName(society))) continue;
    if (!best || score(society) > score(best)) best = society;
  }
  return best;
}

/** "121.14,28.86" or "28.86 121.14" as a point; null when it is something else. Degrees decide which is which inside China. */
export function readCoordinates(text: string): { lon: number; lat: number } | null {
  const match = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,\uff0c\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  if (!match) return null;
  const [first, second] = [Number(match[1]), Number(match[2])];
  const [lon, lat] = first >= second ? [first, second] : [second, first];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? { lon, lat } : null;
}
