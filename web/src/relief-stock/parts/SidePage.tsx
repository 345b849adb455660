import { pageTitle } from '../../drills/DrillFrame.js';
import { type ReactNode, useEffect } from 'react';
import { t } from '../../i18n/i18n.js';
import { ToastHost } from '../../parts/toast.js';
import '../keeper.css';
import '../messages.js';
import './parts.css';

/** A page beside the console in the dress of the warehouse pages: its name, the way back, one scrolling column. */
export function SidePage({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = pageTitle(title);
  }, [title]);
  return (
    <main className="keeper">
      <header className="keeper-head">
        <h1>{pageTitle(title)}</h1>
        <span className="keeper-space" />
        <a className="button" href="#/">
          {t('app.back-to-work')}
        </a>
      </header>
      <div className="keeper-work-body" tabIndex={0} role="group" aria-label={title}>
        {children}
      </div>
      <ToastHost />
    </main>
  );
}
