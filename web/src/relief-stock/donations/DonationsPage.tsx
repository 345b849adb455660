import type { DonationDto } from '../../../../src/relief-stock/receiving/donation.dto.js';
import { useFetched } from '../../api/use-fetched.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useChanged } from '../../live/use-changed.js';
import { BackTo, NewPaper, PaperList, PaperRow, WorkNav } from '../parts/PaperList.js';
import { DistributionTable } from './DistributionTable.js';
import { DonationForm } from './DonationForm.js';
import { DonationSheet } from './DonationSheet.js';
import { FundsPage } from './FundsPage.js';

const BASE = '#/keeper/donations';
const PAGES = ['', 'funds', 'distributions'] as const;

/** What was given, for what, and where it went. `#/keeper/donations[/new|/funds|/distributions|/ID]` */
export default function DonationsPage({ warehouseId, parts }: { warehouseId: string; parts: readonly string[] }) {
  const open = parts[0] ?? '';
  if (open === 'new' || !(PAGES as readonly string[]).includes(open))
    return (
      <div className="page">
        <BackTo href={BASE} />
        {open === 'new' ? <DonationForm warehouseId={warehouseId} /> : <DonationSheet key={open} id={open} />}
      </div>
    );
  return (
    <div className="page">
      <WorkNav
        label={t('work.donations')}
        base="keeper/donations"
        open={open}
        pages={PAGES.map((key) => ({ key, words: t(`donations.page-${key || 'all'}`) }))}
      />
      {open === '' && <Donations />}
      {open === 'funds' && <FundsPage warehouseId={warehouseId} />}
      {open === 'distributions' && <DistributionTable warehouseId={warehouseId} />}
    </div>
  );
}

function Donations() {
  const changed = useChanged('donation');
  const donations = useFetched<{ items: DonationDto[] }>('/stock/donations?limit=200', changed);
  return (
    <>
      <NewPaper href={`${BASE}/new`} may="stock.announce" words={t('donations.new')} />
      <PaperList
        of={donations}
        empty={t('donations.none')}
        sections={(rows) => [
          { title: t('donations.status.announced'), rows: rows.filter(({ status }) => status === 'announced') },
          { title: t('donations.status.received'), rows: rows.filter(({ status }) => status === 'received') },
        ]}
        row={(row) => (
          <PaperRow
            href={`${BASE}/${row.id}`}
            title={row.donorName ?? t('donations.anonymous')}
            aside={row.number}
            detail={`${stamp(row.occurredAt)} · ${row.receiptNo ? t('donations.receipt', { number: row.receiptNo }) : t('donations.no-receipt')}`}
          />
        )}
      />
    </>
  );
}
