import { useEffect } from 'react';
import { useRoute } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { ToastHost } from '../../parts/toast.js';
import '../keeper.css';
import '../messages.js';
import RequestsPage from './RequestsPage.js';

/** The duty officer's page of requests: `#/requests`. */
export default function RequestsDesk() {
  const { parts } = useRoute();
  useEffect(() => {
    document.title = t('work.requests');
  }, []);
  return (
    <main className="keeper">
      <header className="keeper-head">
        <h1>{t('work.requests')}</h1>
        <span className="keeper-space" />
        <a className="button" href="#/">
          {t('keeper.to-console')}
        </a>
      </header>
      <RequestsPage parts={parts} base="requests" />
      <ToastHost />
    </main>
  );
}
