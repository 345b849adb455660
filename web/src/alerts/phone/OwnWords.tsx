import { useState } from 'react';
import type { FormEvent } from 'react';
import { t } from '../../i18n/i18n.js';

/** One line in a person's own words, and the button that sends it; afterwards it is empty again. */
export function OwnWords({ label, say }: { label: string; say: (words: string) => void }) {
  const [own, setOwn] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (own.trim() === '') return;
    say(own.trim());
    setOwn('');
  };
  return (
    <form className="own-words" onSubmit={submit}>
      <input
        className="input"
        aria-label={label}
        placeholder={label}
        value={own}
        maxLength={400}
        onChange={(event) => setOwn(event.target.value)}
      />
      <button type="submit" className="button" disabled={own.trim() === ''}>
        {t('phone.send')}
      </button>
    </form>
  );
}
