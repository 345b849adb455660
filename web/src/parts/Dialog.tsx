import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { t } from '../i18n/i18n.js';
import { useKeys } from '../app/keys.js';
import type { KeyMap } from '../app/keys.js';

type Props = { title: ReactNode; close: () => void; children: ReactNode; className?: string; keys?: KeyMap };

/** The browser's own modal dialog: focus stays inside, Escape closes, focus goes back where it was. */
export function Dialog({ title, close, children, className = '', keys = {} }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useKeys({ ...keys, Escape: close }, { modal: true });
  useEffect(() => {
    const before = document.activeElement;
    const dialog = ref.current!;
    dialog.showModal();
    // The browser would focus the close button, and Enter would close. A field that asks for it gets the focus, else the dialog.
    (dialog.querySelector<HTMLElement>('[data-focus]') ?? dialog).focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      className={`dialog ${className}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="button bare" onClick={close} aria-label={t('act.close')}>
          <kbd>Esc</kbd>
        </button>
      </header>
      {children}
    </dialog>
  );
}
