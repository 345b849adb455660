import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import type { SuggestionDto } from '../../../src/suggestions/suggestions.dto.js';

export type SuggestionLine = SuggestionDto['lines'][number];

/** Which lines are chosen. `null` means untouched: the whole proposal. */
export type Choice = ReadonlySet<number> | null;

/** The first press picks just that line ("1, Enter" sends the best); later ones add and remove. */
export function toggleLine(choice: Choice, index: number): Choice {
  if (choice === null) return new Set([index]);
  const next = new Set(choice);
  if (!next.delete(index)) next.add(index);
  return next;
}
export const isChosen = (choice: Choice, index: number): boolean => choice === null || choice.has(index);

/** Line numbers of teams come first, 1 to 9; goods follow without a key. */
export function numbered(lines: SuggestionLine[]): {
  teams: { line: SuggestionLine; index: number }[];
  goods: { line: SuggestionLine; index: number }[];
} {
  const all = lines.map((line, index) => ({ line, index }));
  return {
    teams: all.filter(({ line }) => line.kind === 'team'),
    goods: all.filter(({ line }) => line.kind === 'supply'),
  };
}

/** Indexes to accept; undefined sends the whole proposal, so a line that was added meanwhile cannot be left out by chance. */
export function acceptedIndexes(choice: Choice, lines: SuggestionLine[]): number[] | undefined {
  if (choice === null) return undefined;
  const chosen = lines.flatMap((_, index) => (choice.has(index) ? [index] : []));
  return chosen.length === lines.length ? undefined : chosen;
}

/** Refusals after which the picture behind the dialog was old: it is fetched again and the officer chooses again. */
export const meansOldPicture = (code: string): boolean =>
  [
    'suggestion.stale',
    'team.not-available',
    'team.not-ready',
    'stock.insufficient',
    'stock.lot-held',
    'stock.lot-expired',
    'incident.stale',
  ].includes(code);

/**
 * Whether the incident has changed in what a plan is made of since this one was made. A step of its own, as verifying, is one version and
 * no such change: every new call is verified after its first plan, and officers must not be warned each time.
 */
export const isOutdated = (
  { incidentVersion, solvedAt }: Pick<SuggestionDto, 'incidentVersion' | 'solvedAt'>,
  { version, statusSince }: Pick<IncidentDto, 'version' | 'statusSince'>,
): boolean => {
  const stepped = solvedAt !== null && Date.parse(statusSince) > Date.parse(solvedAt) ? 1 : 0;
  return incidentVersion + stepped < version;
};
