import { t } from '../../i18n/i18n.js';

type Props = {
  label: string;
  value: number | null;
  /** Words while nothing was chosen, e.g. "as asked". */
  none?: string;
  words: (value: number) => string;
  /** Where the first press goes when nothing was chosen. */
  start: number;
  min: number;
  max: number;
  step?: number;
  choose: (value: number) => void;
};

/** A number by thumb: two large keys, no keyboard. */
export function Stepper({ label, value, none = '', words, start, min, max, step = 1, choose }: Props) {
  const move = (by: number) => choose(Math.min(max, Math.max(min, value === null ? start : value + by)));
  return (
    <div className="stepper" role="group" aria-label={label}>
      <span className="stepper-label">{label}</span>
      <button type="button" className="button" onClick={() => move(-step)} disabled={value !== null && value <= min}>
        <span aria-hidden="true">−</span>
        <span className="visually-hidden">{t('phone.less', { label })}</span>
      </button>
      <output className="stepper-value numeric">{value === null ? none : words(value)}</output>
      <button type="button" className="button" onClick={() => move(step)} disabled={value !== null && value >= max}>
        <span aria-hidden="true">+</span>
        <span className="visually-hidden">{t('phone.more', { label })}</span>
      </button>
    </div>
  );
}
