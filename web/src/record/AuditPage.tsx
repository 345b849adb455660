import { useState } from 'react';
import type { LinesDto, RecordLineDto } from '../../../src/record/record.dto.js';
import { query } from '../api/http.js';
import { useFetched } from '../api/use-fetched.js';
import { actorText, changeWords } from '../desk/log-text.js';
import { count, stamp } from '../i18n/format.js';
import { named, t, tCode } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import { Anchors } from './Anchors.js';
import { ChainCheck } from './ChainCheck.js';
import { SUBJECTS } from './subjects.js';
import '../settings/admin.css';
import '../settings/messages.js';

const PAGE = 50;
type Filters = { subject: string; who: string; subjectId: string; from: string; to: string };
const NONE: Filters = { subject: '', who: '', subjectId: '', from: '', to: '' };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The record of all changes in words, searched backwards, and the check of its chain. `#/audit` */
export default function AuditPage() {
  const [filters, setFilters] = useState(NONE);
  const [before, setBefore] = useState<number[]>([]);
  const change = (part: Partial<Filters>) => {
    setFilters((held) => ({ ...held, ...part }));
    setBefore([]);
  };
  return (
    <SidePage title={t('audit.title')}>
      <div className="page admin">
        <ChainCheck />
        <Anchors />
        <h2>{t('audit.lines')}</h2>
        <FilterFields filters={filters} change={change} />
        <Lines key={JSON.stringify(filters)} filters={filters} before={before} setBefore={setBefore} />
      </div>
    </SidePage>
  );
}

function FilterFields({ filters, change }: { filters: Filters; change: (part: Partial<Filters>) => void }) {
  const faulty = filters.subjectId !== '' && !UUID.test(filters.subjectId.trim());
  return (
    <div className="admin-fields" data-tour="audit-filters" role="search" aria-label={t('audit.filters')}>
      <SelectField
        label={t('audit.about')}
        value={filters.subject}
        set={(subject) => change({ subject })}
        none={t('audit.anything')}
        options={SUBJECTS.map((name) => ({ value: name, words: t(`audit.subject.${name}`) }))}
      />
      <TextField label={t('audit.who')} value={filters.who} set={(who) => change({ who })} maxLength={80} />
      <TextField
        label={t('audit.thing')}
        type="code"
        value={filters.subjectId}
        set={(subjectId) => change({ subjectId })}
        maxLength={36}
        fault={faulty ? t('audit.thing-fault') : null}
      />
      <TextField label={t('audit.from')} type="date" value={filters.from} set={(from) => change({ from })} />
      <TextField label={t('audit.to')} type="date" value={filters.to} set={(to) => change({ to })} />
    </div>
  );
}

const DAY_MS = 86_400_000;
/** Days on the desk's wall as instants; the last one counts whole. */
const begin = (day: string): string | undefined => (day === '' ? undefined : new Date(`${day}T00:00:00+08:00`).toISOString()); // prettier-ignore
const end = (day: string): string | undefined =>
  day === '' ? undefined : new Date(Date.parse(`${day}T00:00:00+08:00`) + DAY_MS).toISOString();

type LinesProps = { filters: Filters; before: number[]; setBefore: (before: number[]) => void };

/** One page of lines; a search that found little says how far it has looked and goes on when asked. */
function Lines({ filters, before, setBefore }: LinesProps) {
  const { subject, who, subjectId, from, to } = filters;
  const wanted = {
    subject, who: who.trim(), subjectId: UUID.test(subjectId.trim()) ? subjectId.trim() : '', from: begin(from), to: end(to),
    before: before.at(-1), limit: PAGE,
  }; // prettier-ignore
  const { data, problem, loading } = useFetched<LinesDto>(`/journal/lines${query(wanted)}`);
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  const next = data.nextBefore;
  return (
    <section aria-label={t('audit.lines')} aria-busy={loading} data-tour={subject || who ? 'audit-found' : undefined}>
      {data.items.length === 0 && <p className="empty">{t(next === null ? 'audit.none' : 'audit.none-yet')}</p>}
      {data.items.map((line) => (
        <Line key={line.seq} line={line} />
      ))}
      <p className="quiet">{t('audit.looked', { count: count(data.lookedAt) })}</p>
      <p className="form-acts">
        {before.length > 0 && (
          <button type="button" className="button" onClick={() => setBefore(before.slice(0, -1))}>
            {t('audit.newer')}
          </button>
        )}
        {next !== null && (
          <button type="button" className="button" onClick={() => setBefore([...before, next])}>
            {t('audit.older')}
          </button>
        )}
      </p>
    </section>
  );
}

/** What is told of a line: the row in words where the desk has some, what happened, and else what it is about. */
function wordsOf({ subject, kind, data }: RecordLineDto): string {
  const about = tCode('audit.subject.', subject);
  const happened = tCode('change.', kind, {}, '');
  const row = told(subject, data) ?? nameOf(data);
  return [happened || about, row].filter(Boolean).join(t('audit.join'));
}

/** Lines of years ago may have shapes that the desk does not know any more: then their name must do. */
function told(subject: string, data: Record<string, unknown>): string | null {
  try {
    return changeWords(subject, data);
  } catch {
    return null;
  }
}

const NAMES = ['title', 'name', 'number', 'code', 'account'];
/** What a row is called, or else the goods, the store and the society that it names. */
function nameOf(data: Record<string, unknown>): string {
  const key = NAMES.find((each) => typeof data[each] === 'string');
  if (key !== undefined) return String(data[key]);
  const id = (name: string): string => (typeof data[name] === 'string' ? data[name] : '');
  const places = [
    named(live.store.row('item', id('itemId'))),
    named(live.store.row('warehouse', id('warehouseId'))),
    live.store.row('society', id('societyId'))?.shortName,
  ];
  return places.filter(Boolean).join(' ');
}

function Line({ line }: { line: RecordLineDto }) {
  const [open, setOpen] = useState(false);
  const { seq, kind, version, subjectId, incidentId, data } = line;
  return (
    <details className="audit-line" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="numeric quiet">{seq}</span>
        <span className="numeric">{stamp(line.receivedAt)}</span>
        <b>{wordsOf(line)}</b>
        <span className="quiet">{actorText(line.actorName)}</span>
      </summary>
      {open && (
        <div>
          <p className="quiet">{t('audit.detail', { kind, version, id: subjectId, at: stamp(line.occurredAt) })}</p>
          {incidentId && <p className="quiet">{t('audit.incident', { id: incidentId })}</p>}
          <pre tabIndex={0} data-tour="audit-data" role="group" aria-label={t('audit.data')}>
            {JSON.stringify(data, null, 1)}
          </pre>
        </div>
      )}
    </details>
  );
}
