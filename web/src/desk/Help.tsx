import { go } from '../app/routes.js';
import { t } from '../i18n/i18n.js';
import { Dialog } from '../parts/Dialog.js';
import { desk } from './desk-state.js';

const KEYS = ['N', 'J', 'K', 'Enter', 'D', '1-9', 'A', '/', 'Z', 'X', 'C', 'F', '?', 'Esc'] as const;

export function Help() {
  return (
    <Dialog title={t('help.title')} close={() => desk.set({ overlay: 'none' })} className="help-dialog">
      <dl className="help">
        {KEYS.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`help.${key}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t('help.note')}</p>
      <button
        type="button"
        className="button"
        onClick={() => {
          desk.set({ overlay: 'none' });
          go('help');
        }}
      >
        {t('help.to-articles')}
      </button>
    </Dialog>
  );
}
