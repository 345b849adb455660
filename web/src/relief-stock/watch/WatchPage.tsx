import { useState } from 'react';
import { t } from '../../i18n/i18n.js';
import { Tabs } from '../../parts/Tabs.js';
import { NoticeList } from './NoticeList.js';
import { PolicyTable } from './PolicyTable.js';
import './watch.css';

/** What the watch over the stock has found, and how much the store is meant to hold. */
export default function WatchPage({ warehouseId }: { warehouseId: string }) {
  const [tab, choose] = useState('notices');
  return (
    <Tabs
      label={t('work.watch')}
      open={tab}
      choose={choose}
      tabs={[
        { key: 'notices', label: t('watch.notices'), panel: () => <NoticeList warehouseId={warehouseId} /> },
        { key: 'policies', label: t('watch.policies'), panel: () => <PolicyTable warehouseId={warehouseId} /> },
      ]}
    />
  );
}
