import { useEffect } from 'react';
import { t } from '../../i18n/i18n.js';
import { typed } from './count.rules.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'clear', '0', 'back'] as const;
const SIGNS: Record<string, string> = { clear: 'C', back: '⌫' };
type Props = { figure: string; unit: string; change: (figure: string) => void; enter: () => void; undo: () => void };

/** A pad for gloves; a keyboard or a scanner's keypad writes into it as well. */
export function NumberPad({ figure, unit, change, enter, undo }: Props) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
      if (event.key === 'Enter' && target.tagName !== 'BUTTON') enter();
      else if (event.key === 'Backspace') change(typed(figure, 'back'));
      else if (/^\d$/.test(event.key)) change(typed(figure, event.key));
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [figure, change, enter]);
  return (
    <div className="number-pad">
      <output className="count-figure" data-tour="count-figure" aria-label={t('count.figure')}>
        {figure === '' ? '–' : figure} <small>{unit}</small>
      </output>
      <div className="pad-keys">
        {KEYS.map((key) => (
          <button
            key={key}
            type="button"
            className="button"
            aria-label={key in SIGNS ? t(`count.key.${key}`) : key}
            onClick={() => change(typed(figure, key))}
          >
            {SIGNS[key] ?? key}
          </button>
        ))}
      </div>
      <div className="pad-acts">
        <button type="button" className="button" onClick={undo}>
          {t('count.undo')}
        </button>
        <button type="button" className="button primary huge" disabled={figure === ''} onClick={enter}>
          {t('count.enter')}
        </button>
      </div>
    </div>
  );
}
