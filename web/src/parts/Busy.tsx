import { t } from '../i18n/i18n.js';

/** Says at once that an act was taken and is under way; the button that holds it cannot be pressed again meanwhile. */
export const Busy = () => (
  <small className="busy" role="status">
    {t('act.busy')}
  </small>
);
