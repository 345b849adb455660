import type { ReactNode } from 'react';
import { Field } from './Field.js';

type Kind = 'text' | 'tel' | 'date' | 'datetime-local' | 'password' | 'units' | 'code';
type Props = {
  label: string;
  value: string;
  set: (value: string) => void;
  hint?: ReactNode;
  required?: boolean;
  maxLength?: number;
  /** units: whole numbers only, with the keypad of a phone. code: nothing is corrected or capitalised. */
  type?: Kind;
  /** What is wrong with it, in words. */
  fault?: string | null;
  invalid?: boolean;
  focus?: boolean;
  /** Enter, with which scanners end, goes on in the form and does not send it. */
  scanned?: boolean;
  autoComplete?: string;
};
const UNITS_DIGITS = 8;
const LIMITED = new Set<Kind>(['text', 'tel', 'password', 'code']);

/** A line of text, a figure, a day, or a moment on the desk's clock. */
export function TextField({ label, value, set, hint, fault = null, type = 'text', ...props }: Props) {
  const { required = false, maxLength = 400, invalid = false, focus = false, scanned = false } = props;
  const { autoComplete = 'off' } = props;
  const limit = type === 'units' ? UNITS_DIGITS : maxLength;
  return (
    <Field label={label} required={required} hint={hint}>
      <input
        className={type === 'units' ? 'input numeric' : 'input'}
        type={type === 'units' || type === 'code' ? 'text' : type}
        inputMode={type === 'units' ? 'numeric' : undefined}
        autoCapitalize={type === 'code' ? 'none' : undefined}
        spellCheck={type === 'code' ? false : undefined}
        autoComplete={autoComplete}
        value={value}
        maxLength={type === 'units' || LIMITED.has(type) ? limit : undefined}
        required={required}
        autoFocus={focus}
        aria-invalid={invalid || fault !== null || undefined}
        onKeyDown={(event) => scanned && event.key === 'Enter' && event.preventDefault()}
        onChange={({ target }) => set(type === 'units' ? target.value.replace(/\D/g, '') : target.value)}
      />
      {fault !== null && (
        <span className="field-fault" role="alert">
          {fault}
        </span>
      )}
    </Field>
  );
}

type Option = { value: string; words: ReactNode };
type SelectProps = {
  label: string;
  value: string;
  set: (value: string) => void;
  options: readonly Option[];
  /** The choice of nothing, first in the list; left out where something must always be chosen. */
  none?: string;
  required?: boolean;
  hint?: ReactNode;
  invalid?: boolean;
};

/** One of a list. */
export function SelectField({
  label,
  value,
  set,
  options,
  none,
  required = false,
  hint,
  invalid = false,
}: SelectProps) {
  return (
    <Field label={label} required={required} hint={hint}>
      <select
        className="input"
        value={value}
        aria-invalid={invalid || undefined}
        onChange={(event) => set(event.target.value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    </Field>
  );
}
