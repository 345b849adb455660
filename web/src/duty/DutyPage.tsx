import { useState } from 'react';
import { useRoute } from '../app/routes.js';
import { t } from '../i18n/i18n.js';
import { SelectField } from '../parts/TextField.js';
import { BackTo, WorkNav } from '../relief-stock/parts/PaperList.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import { ChannelTests } from './channels/ChannelTests.js';
import { ChannelTestSheet } from './channels/ChannelTestSheet.js';
import { useDesks } from './desks.js';
import { HandoverSheet } from './handover/HandoverSheet.js';
import { Handovers } from './handover/Handovers.js';
import { Roster } from './roster/Roster.js';
import './duty.css';
import './messages.js';

const PAGES = ['', 'handover', 'channels'] as const;

/** The duty of a desk: who sits when, how it is handed over, who can be reached. `#/duty`, `#/duty/handover[/ID]`, `#/duty/channels[/ID]` */
export default function DutyPage() {
  const { parts } = useRoute();
  const [page = '', id] = parts;
  const desks = useDesks();
  const [chosen, setChosen] = useState<string | null>(null);
  const desk = desks.find((one) => one.id === chosen) ?? desks[0];
  return (
    <SidePage title={t('duty.title')}>
      <div className="page duty">
        <WorkNav
          label={t('duty.title')}
          base="duty"
          open={page}
          pages={PAGES.map((key) => ({ key, words: t(key === '' ? 'duty.roster' : `duty.${key}`) }))}
        />
        {id === undefined && desks.length > 1 && desk && (
          <SelectField
            label={t('duty.desk')}
            value={desk.id}
            set={setChosen}
            options={desks.map(({ id: value, name }) => ({ value, words: name }))}
          />
        )}
        {!desk && <p className="empty">{t('duty.no-desk')}</p>}
        {id !== undefined && <BackTo href={`#/duty/${page}`} />}
        {page === 'handover' && id !== undefined && <HandoverSheet key={id} id={id} />}
        {desk && page === 'handover' && id === undefined && <Handovers key={desk.id} desk={desk} />}
        {page === 'channels' && id !== undefined && <ChannelTestSheet key={id} id={id} />}
        {desk && page === 'channels' && id === undefined && <ChannelTests key={desk.id} desk={desk} />}
        {desk && page === '' && <Roster key={desk.id} desk={desk} />}
      </div>
    </SidePage>
  );
}
