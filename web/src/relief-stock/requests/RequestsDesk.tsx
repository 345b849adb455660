import { useRoute } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { SidePage } from '../parts/SidePage.js';
import RequestsPage from './RequestsPage.js';

/** The duty officer's page of requests: `#/requests`. */
export default function RequestsDesk() {
  const { parts } = useRoute();
  return (
    <SidePage title={t('work.requests')}>
      <RequestsPage parts={parts} base="requests" />
    </SidePage>
  );
}
