/** Why nothing was read: the words say what to do (`camera.fault.<fault>`). */
export const CAMERA_FAULTS = [
  'denied',
  'none',
  'busy',
  'insecure',
  'failed',
  'reader',
  'unreadable',
  'no-code',
] as const;
export type CameraFault = (typeof CAMERA_FAULTS)[number];

const FAULTS: Record<string, CameraFault> = {
  NotAllowedError: 'denied', SecurityError: 'denied', NotFoundError: 'none', OverconstrainedError: 'none', NotReadableError: 'busy', AbortError: 'busy',
}; // prettier-ignore
/** What a browser's refusal of its camera means. */
export const faultOf = (error: unknown): CameraFault =>
  (error instanceof Error ? FAULTS[error.name] : undefined) ?? 'failed';

const OURS = /(?:^|\/)s\/[a-z][0-9a-z]{27}\/?$/i;
/** Several codes may be on one carton: ours names it best, then the first that was seen. */
export const bestOf = (texts: readonly string[]): string | null =>
  texts.find((text) => OURS.test(text)) ?? texts.find((text) => text.trim() !== '') ?? null;

/** The size at which a picture is read: fine enough for small codes, small enough for old phones. */
export function readingSize({ width, height }: { width: number; height: number }, longest: number) {
  const factor = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}
