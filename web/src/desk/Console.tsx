import { t } from '../i18n/i18n.js';

export function Console() {
  return <main className="empty">{t('app.name')}</main>;
}
