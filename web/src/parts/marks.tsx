import { GLYPHS } from '../rescue-teams/unit-state.rules.js';
import type { Look } from '../rescue-teams/unit-state.rules.js';
import type { Severity } from '../live/ageing.rules.js';
import { t } from '../i18n/i18n.js';

export const NUMERALS: Record<Severity, string> = { I: '\u2160', II: '\u2161', III: '\u2162', IV: '\u2163' };

/** Only these blink while nobody has acknowledged them (C-14). */
const GRAVE: readonly Severity[] = ['I', 'II'];

/** Hue and Roman numeral: the numeral is what colour-blind readers rely on (C-12). */
export function SeverityChip({ severity, calling = false }: { severity: Severity; calling?: boolean }) {
  const blinks = calling && GRAVE.includes(severity);
  return (
    <span className={`severity severity-${severity}${blinks ? ' calling' : ''}`} title={t(`severity.${severity}`)}>
      <span aria-hidden="true">{NUMERALS[severity]}</span>
      <span className="visually-hidden">{t(`severity.${severity}`)}</span>
    </span>
  );
}

export function UnitGlyph({ look }: { look: Look }) {
  return (
    <span className={`glyph glyph-${look}`} aria-hidden="true">
      {GLYPHS[look]}
    </span>
  );
}
