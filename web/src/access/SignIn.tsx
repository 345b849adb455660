import { useState } from 'react';
import type { FormEvent } from 'react';
import { problemOf } from '../api/http.js';
import { chooseLocale, locale, t } from '../i18n/i18n.js';
import { signIn } from './session.js';

/** Nothing to remember, nothing to solve: two fields that a password manager may fill. */
export function SignIn({ expired }: { expired: boolean }) {
  const [busy, setBusy] = useState(false);
  const [words, setWords] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setWords(null);
    try {
      await signIn(String(form.get('account')).trim(), String(form.get('password')));
    } catch (error) {
      setWords(problemOf(error).words);
      setBusy(false);
    }
  };
  return (
    <main className="sign-in">
      <form onSubmit={(event) => void submit(event)} aria-labelledby="sign-in-title">
        <h1 id="sign-in-title">{t('app.name')}</h1>
        <p className="quiet">{t('app.purpose')}</p>
        {expired && <p className="notice warning">{t('session.expired')}</p>}
        <label className="field">
          <span className="label">{t('session.account')}</span>
          <input
            className="input"
            name="account"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            autoFocus
          />
        </label>
        <label className="field">
          <span className="label">{t('session.password')}</span>
          <input className="input" name="password" type="password" autoComplete="current-password" required />
        </label>
        {words && (
          <p className="notice problem" role="alert">
            {words}
          </p>
        )}
        <button type="submit" className="button primary big" disabled={busy}>
          {t(busy ? 'session.signing-in' : 'session.sign-in')}
        </button>
        <button
          type="button"
          className="button bare"
          onClick={() => void chooseLocale(locale() === 'en' ? 'zh-CN' : 'en')}
        >
          {t('app.other-language')}
        </button>
      </form>
    </main>
  );
}
