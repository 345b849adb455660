import { t } from '../i18n/i18n.js';
import { takeNewVersion, useNewVersion } from './worker.js';

/** Says that a new version is ready; it comes when somebody presses, never under a person's hands. */
export function NewVersion() {
  if (!useNewVersion()) return null;
  return (
    <div className="new-version" role="status">
      <span>{t('app.new-version')}</span>
      <button type="button" className="button small" onClick={takeNewVersion}>
        {t('app.take-new-version')}
      </button>
    </div>
  );
}
