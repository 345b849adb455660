import { t } from '../../i18n/i18n.js';

const NUMERALS: Record<string, string> = { I: '\u2160', II: '\u2161', III: '\u2162', IV: '\u2163' };

/** Hue, Roman numeral and word; the numeral is what colour-blind readers rely on (C-12). */
export function SeverityMark({ severity }: { severity: string }) {
  return (
    <span className={`severity-mark severity-mark-${severity}`}>
      <span aria-hidden="true">{NUMERALS[severity] ?? severity}</span>
      <span className="severity-word">{t(`phone.severity.${severity}`)}</span>
    </span>
  );
}
