import type { MapLayerDto } from '../../../src/map-layers/map-layers.dto.js';

type Valid = Pick<MapLayerDto, 'shown' | 'validFrom' | 'validUntil'>;
export type Standing = 'drawn' | 'off' | 'not-yet' | 'expired';

/** The day on the desk's wall, at an instant. */
export const dayOf = (nowMs: number): string => new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 10);

/** Whether a layer may be drawn today: switched on, and within its days. */
export function standingOf({ shown, validFrom, validUntil }: Valid, today: string): Standing {
  if (today < validFrom) return 'not-yet';
  if (validUntil !== null && today > validUntil) return 'expired';
  return shown ? 'drawn' : 'off';
}
