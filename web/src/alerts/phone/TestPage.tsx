import { useEffect, useState } from 'react';
import { problemOf, request } from '../../api/http.js';
import { useReady } from '../../app/ready.js';
import { t } from '../../i18n/i18n.js';

type State = 'telling' | 'told' | 'unknown' | 'unreachable';

/** Behind the link of a silent test: opening it is all that is asked. It rings nowhere and answers no alert. */
export function TestPage({ token }: { token: string }) {
  const [state, setState] = useState<State>('telling');
  const [turn, setTurn] = useState(0);
  useReady('test', state !== 'telling');
  useEffect(() => {
    request('POST', `/channel-test-links/${encodeURIComponent(token)}/confirmed`)
      .then(() => setState('told'))
      .catch((error: unknown) => setState(problemOf(error).status === 404 ? 'unknown' : 'unreachable'));
  }, [token, turn]);
  if (state === 'telling') return <p className="empty">{t('phone.loading')}</p>;
  return (
    <main className="alert-screen plain">
      <h1 className="alert-title">{t(state === 'told' ? 'phone.test-told' : state === 'unknown' ? 'phone.link-unknown' : 'phone.unreachable')}</h1>
      <p>{t(state === 'told' ? 'phone.test-told-hint' : state === 'unknown' ? 'phone.link-unknown-hint' : 'phone.test-again')}</p>
      {state === 'unreachable' && (
        <button type="button" className="button primary" onClick={() => setTurn(turn + 1)}>
          {t('phone.try-again')}
        </button>
      )}
    </main>
  );
} // prettier-ignore
