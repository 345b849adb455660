import { Component } from 'react';
import type { ErrorInfo, ReactNode } from 'react';
import { t } from '../i18n/i18n.js';

type Props = { children: ReactNode; /** Small parts fail alone: the rest of the desk goes on. */ compact?: boolean };

export class ErrorBoundary extends Component<Props, { failed: Error | null }> {
  override state: { failed: Error | null } = { failed: null };

  static getDerivedStateFromError(error: Error): { failed: Error } {
    return { failed: error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="empty" role="alert">
        <h2>{t('fault.title')}</h2>
        <p>{t('fault.what-to-do')}</p>
        <button type="button" className="button" onClick={() => this.setState({ failed: null })}>
          {t('fault.try-again')}
        </button>
        {!this.props.compact && <pre className="quiet">{this.state.failed.message}</pre>}
      </div>
    );
  }
}
