import { useSession } from '../access/session.js';
import { go, useRoute } from '../app/routes.js';
import { useDesks } from '../duty/desks.js';
import { t } from '../i18n/i18n.js';
import { Tabs } from '../parts/Tabs.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { dayOf } from '../relief-stock/parts/days.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import { ComparisonReport } from '../comparison/ComparisonReport.js';
import { AlarmHealth } from './AlarmHealth.js';
import { DutyLog } from './DutyLog.js';
import { type Filters, filtersText, periodFault, readFilters } from './filters.rules.js';
import { IncidentFigures } from './IncidentFigures.js';
import './messages.js';
import { READERS } from './readers.js';
import './reports.css';
import { ResponseTimes } from './ResponseTimes.js';
import { StockFlow } from './StockFlow.js';
import { Trace } from './Trace.js';

const MONTH_DAYS = 29;
const LEVELS: Filters['severity'][] = ['I', 'II', 'III', 'IV'];

type Panel = (props: { filters: string }) => React.ReactNode;
/** In their order. A keeper reads those of the goods. */
const TABS: { key: string; Panel: Panel; keeper?: true }[] = [
  { key: 'response-times', Panel: ResponseTimes },
  { key: 'duty-log', Panel: DutyLog },
  { key: 'incidents', Panel: IncidentFigures },
  { key: 'comparison', Panel: ComparisonReport },
  { key: 'alarms', Panel: AlarmHealth },
  { key: 'stock', Panel: StockFlow, keeper: true },
  { key: 'trace', Panel: Trace, keeper: true },
];

/** What the records say of a period. `#/reports/<report>/from=…&to=…&societyId=…&severity=…` */
export default function ReportsPage() {
  const { actor } = useSession();
  const { parts } = useRoute();
  const reads = (actor?.grants ?? []).some(({ role }) => READERS.includes(role));
  const keeps = (actor?.grants ?? []).some(({ role }) => role === 'keeper');
  const tabs = TABS.filter(({ keeper }) => reads || (keeps && keeper));
  const open = tabs.find(({ key }) => key === parts[0]) ?? tabs[0];
  const filters = readFilters(parts[1] ?? '', { from: dayOf(-MONTH_DAYS), to: dayOf(0), societyId: '', severity: '' });
  const text = filtersText(filters);
  const fault = periodFault(filters);
  if (!open) {
    return (
      <SidePage title={t('reports.title')}>
        <p className="empty">{t('reports.not-yours')}</p>
      </SidePage>
    );
  }
  return (
    <SidePage title={t('reports.title')}>
      <div className="page reports">
        <FilterForm filters={filters} fault={fault} set={(next) => go(`reports/${open.key}/${filtersText(next)}`)} />
        <Tabs
          label={t('reports.title')}
          open={open.key}
          choose={(key) => go(`reports/${key}/${text}`)}
          tabs={tabs.map(({ key, Panel }) => ({
            key,
            label: t(`reports.tab.${key}`),
            panel: () => (fault ? null : <Panel key={`${key} ${text}`} filters={text} />),
          }))}
        />
      </div>
    </SidePage>
  );
}

type FormProps = { filters: Filters; fault: ReturnType<typeof periodFault>; set: (next: Filters) => void };

/** The filters stand in the address: a reload, a bookmark and a colleague see the same report. */
function FilterForm({ filters, fault, set }: FormProps) {
  const societies = useDesks(READERS);
  const change = (part: Partial<Filters>) => set({ ...filters, ...part });
  return (
    <div className="report-filters" role="group" aria-label={t('reports.filters')}>
      <TextField label={t('reports.from')} type="date" value={filters.from} set={(from) => from && change({ from })} />
      <TextField
        label={t('reports.to')}
        type="date"
        value={filters.to}
        set={(to) => to && change({ to })}
        fault={fault && t(`reports.period-${fault}`)}
      />
      {societies.length > 1 && (
        <SelectField
          label={t('reports.society')}
          value={filters.societyId}
          set={(societyId) => change({ societyId })}
          none={t('reports.all-mine')}
          options={societies.map(({ id, name }) => ({ value: id, words: name }))}
        />
      )}
      <SelectField
        label={t('reports.level')}
        value={filters.severity}
        set={(severity) => change({ severity: severity as Filters['severity'] })}
        none={t('reports.all-levels')}
        options={LEVELS.map((level) => ({ value: level, words: t(`severity.${level}`) }))}
      />
    </div>
  );
}
