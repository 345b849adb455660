import type { KeyboardEvent, ReactNode } from 'react';
import { keyName } from '../app/keys.rules.js';
import { t } from '../i18n/i18n.js';

/** A label above its control; the label wraps the control, so both are one target. */
export function Field({
  label,
  required = false,
  hint,
  children,
}: {
  label: string;
  required?: boolean;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <label className="field">
      <span className="label">
        {label}
        {required && (
          <span className="required" title={t('field.required')}>
            {' *'}
          </span>
        )}
      </span>
      {children}
      {hint && <span className="quiet">{hint}</span>}
    </label>
  );
}

/** A few choices side by side: real radio buttons, so arrows move and Tab leaves. With `digits`, 1 to 9 choose at once. */
export function Choices<V extends string>(props: {
  legend: string;
  name: string;
  values: readonly V[];
  value: V | '';
  choose: (value: V) => void;
  words: (value: V) => ReactNode;
  required?: boolean;
  digits?: boolean;
}) {
  const { legend, name, values, value, choose, words, required = false, digits = false } = props;
  const byDigit = (event: KeyboardEvent) => {
    const wanted = values[Number(keyName(event)) - 1];
    if (wanted === undefined) return;
    choose(wanted);
    event.currentTarget.querySelector<HTMLElement>(`input[value="${wanted}"]`)?.focus();
  };
  return (
    <fieldset className="choices" onKeyDown={digits ? byDigit : undefined}>
      <legend>
        {legend}
        {required && <span className="required"> *</span>}
        {digits && <span className="quiet"> {t('field.digits', { last: Math.min(9, values.length) })}</span>}
      </legend>
      {values.map((each) => (
        <label key={each} className={each === value ? 'chosen' : ''}>
          <input
            type="radio"
            name={name}
            value={each}
            checked={each === value}
            onChange={() => choose(each)}
            required={required}
          />
          {words(each)}
        </label>
      ))}
    </fieldset>
  );
}
