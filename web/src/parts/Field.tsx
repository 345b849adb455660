import type { ReactNode } from 'react';
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

/** A few choices side by side: real radio buttons, so arrows move and Tab leaves. */
export function Choices<V extends string>(props: {
  legend: string;
  name: string;
  values: readonly V[];
  value: V | '';
  choose: (value: V) => void;
  words: (value: V) => ReactNode;
  required?: boolean;
}) {
  const { legend, name, values, value, choose, words, required = false } = props;
  return (
    <fieldset className="choices">
      <legend>
        {legend}
        {required && <span className="required"> *</span>}
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
