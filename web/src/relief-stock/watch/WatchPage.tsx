import { t } from '../../i18n/i18n.js';
import { WorkNav } from '../parts/PaperList.js';
import { NoticeList } from './NoticeList.js';
import { PolicyTable } from './PolicyTable.js';
import './watch.css';

/** What the watch over the stock has found, and how much the store is meant to hold. `#/keeper/watch[/policies]` */
export default function WatchPage({ warehouseId, parts }: { warehouseId: string; parts: readonly string[] }) {
  const policies = parts[0] === 'policies';
  return (
    <div className="page watch">
      <WorkNav
        label={t('work.watch')}
        base="keeper/watch"
        open={policies ? 'policies' : ''}
        pages={[
          { key: '', words: t('watch.notices') },
          { key: 'policies', words: t('watch.policies') },
        ]}
      />
      {policies ? <PolicyTable warehouseId={warehouseId} /> : <NoticeList warehouseId={warehouseId} />}
    </div>
  );
}
