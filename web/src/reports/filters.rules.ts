import type { ResponseRowDto } from '../../../src/reports/reports.dto.js';

type Severity = ResponseRowDto['severity'];

/** What a report is asked for: days in China, both included, a society with all below it, a level. Empty: not narrowed. */
export type Filters = { from: string; to: string; societyId: string; severity: Severity | '' };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LEVELS: readonly string[] = ['I', 'II', 'III', 'IV'];
const DAY_MS = 86_400_000;
/** As long as the server reports on (`MOST_DAYS`). */
const MOST_DAYS = 366;

/** The filters of an address; what it does not name, or names wrongly, is taken from `otherwise`. */
export function readFilters(text: string, otherwise: Filters): Filters {
  const said = new URLSearchParams(text);
  const day = (name: 'from' | 'to') => (DAY.test(said.get(name) ?? '') ? said.get(name)! : otherwise[name]);
  const severity = said.get('severity') ?? '';
  return {
    from: day('from'),
    to: day('to'),
    societyId: said.get('societyId') ?? '',
    severity: LEVELS.includes(severity) ? (severity as Severity) : '',
  };
}

/** The filters as they stand in the address and in a request; what is not narrowed is left out. */
export function filtersText(filters: Filters): string {
  return new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString();
}

/** Why the server would refuse the period, or null. */
export function periodFault({ from, to }: Filters): 'order' | 'long' | null {
  if (!DAY.test(from) || !DAY.test(to) || to < from) return 'order';
  return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1 > MOST_DAYS ? 'long' : null;
}

/** m:ss, with hours from one on; a dash for no figure. */
export function spanText(seconds: number | null): string {
  if (seconds === null) return '—';
  const whole = Math.abs(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `${seconds < 0 ? '−' : ''}${h > 0 ? `${h}:${two(m)}` : m}:${two(s)}`;
}
