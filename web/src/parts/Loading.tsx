import { useId } from 'react';
import { useReady } from '../app/ready.js';
import { t } from '../i18n/i18n.js';

/** Stands in for a part whose code is on its way; the page does not count as ready while it is shown. */
export function Loading({ words = 'app.loading', className = '' }: { words?: string; className?: string }) {
  useReady(`loading ${useId()}`, false);
  return <p className={`empty ${className}`}>{t(words)}</p>;
}
