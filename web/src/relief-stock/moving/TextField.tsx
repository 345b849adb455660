import { Field } from '../../parts/Field.js';

type Props = {
  label: string;
  value: string;
  set: (value: string) => void;
  hint?: string;
  required?: boolean;
  maxLength?: number;
  type?: 'text' | 'datetime-local';
};

/** A line of text or a moment on the desk's clock. */
export function TextField({ label, value, set, hint, required = false, maxLength = 400, type = 'text' }: Props) {
  return (
    <Field label={label} required={required} hint={hint}>
      <input
        className="input"
        type={type}
        value={value}
        maxLength={type === 'text' ? maxLength : undefined}
        required={required}
        onChange={(event) => set(event.target.value)}
      />
    </Field>
  );
}
