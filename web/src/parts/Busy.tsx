import { t } from '../i18n/i18n.js';

/** Says at once that an act was taken and is under way; the button that holds it cannot be pressed again meanwhile. */
export const Busy = ({ words = t('act.busy') }: { words?: string }) => (
  <small className="busy" role="status">
    {words}
  </small>
);
