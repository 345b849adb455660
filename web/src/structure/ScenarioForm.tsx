import { type FormEvent, useState } from 'react';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import type { ScenarioDto } from '../../../src/suggestions/structure/structure.dto.js';
import { isBelow } from '../access/societies.js';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { countiesOf, type CountyLine, numberIn } from './figures.rules.js';

const KINDS = ['typhoon', 'flood', 'landslide', 'earthquake', 'snow', 'chemical', 'other'] as const;
const MONTHS = Array.from({ length: 12 }, (_, at) => String(at + 1));
const EMPTY: CountyLine = { societyId: '', people: '' };

type Props = { society: SocietyDto; scenario: ScenarioDto | null; done: () => void; back: () => void };
type Draft = Record<'name' | 'kind' | 'month' | 'perYear' | 'source' | 'water', string> & { counties: CountyLine[] };

function draftOf(scenario: ScenarioDto | null): Draft {
  const {
    name = '',
    kind = 'flood',
    month = 7,
    perYear = 0.2,
    source = '',
    waterOnly = false,
    counties = [],
  } = scenario ?? {};
  const lines = counties.map(({ societyId, people }) => ({ societyId, people: String(people) }));
  return {
    name,
    kind,
    month: String(month),
    perYear: String(perYear),
    source,
    water: waterOnly ? 'yes' : 'no',
    counties: lines.length > 0 ? lines : [EMPTY],
  };
}

/** A scenario of one's own: what, when, how often, and how many people where. */
export function ScenarioForm({ society, scenario, done, back }: Props) {
  const [draft, setDraft] = useState(() => draftOf(scenario));
  const { busy, problem, send } = useCommand();
  const set = (key: keyof Omit<Draft, 'counties'>) => (value: string) =>
    setDraft((held) => ({ ...held, [key]: value }));
  const perYear = numberIn(draft.perYear, 0.001, 50);
  const counties = countiesOf(draft.counties);
  const lacks = lacksOf(draft, perYear, counties);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (perYear === null || !counties) return;
    const { name, kind, month, source, water } = draft;
    const content = { name, kind, month: Number(month), perYear, source, counties, waterOnly: water === 'yes' };
    const answer = scenario
      ? await send(
          `/structure/scenarios/${scenario.id}`,
          { ...content, switchedOn: scenario.switchedOn, version: scenario.version },
          'PUT',
        )
      : await send('/structure/scenarios', { societyId: society.id, ...content });
    if (answer) done();
  };
  return (
    <form className="structure-form" onSubmit={(event) => void submit(event)}>
      <TextField label={t('structure.form.name')} value={draft.name} set={set('name')} maxLength={80} required focus />
      <SelectField label={t('structure.form.kind')} value={draft.kind} set={set('kind')} options={KINDS.map((kind) => ({ value: kind, words: t(`kind.${kind}`) }))} />
      <SelectField label={t('structure.form.month')} value={draft.month} set={set('month')} options={MONTHS.map((month) => ({ value: month, words: t('structure.month', { month }) }))} />
      <TextField label={t('structure.form.per-year')} hint={t('structure.form.per-year-hint')} value={draft.perYear} set={set('perYear')} maxLength={8} required />
      <TextField label={t('structure.form.source')} hint={t('structure.form.source-hint')} value={draft.source} set={set('source')} maxLength={80} required />
      <SelectField label={t('structure.form.needs')} value={draft.water} set={set('water')} options={['no', 'yes'].map((value) => ({ value, words: t(`structure.form.water-${value}`) }))} />
      <CountyLines society={society} lines={draft.counties} set={(lines) => setDraft((held) => ({ ...held, counties: lines }))} />
      <Refusal problem={problem} />
      <div className="form-acts">
        <Submit label={t('structure.form.save')} look="primary" busy={busy} lacks={lacks} />
        <button type="button" className="button bare" onClick={back}>
          {t('act.back')}
        </button>
      </div>
    </form>
  ); // prettier-ignore
}

function lacksOf({ name, source }: Draft, perYear: number | null, counties: object | null): string | null {
  if (name.trim() === '') return t('structure.lacks.name');
  if (perYear === null) return t('structure.lacks.per-year');
  if (source.trim() === '') return t('structure.lacks.source');
  return counties ? null : t('structure.lacks.counties');
}

type LinesProps = { society: SocietyDto; lines: CountyLine[]; set: (lines: CountyLine[]) => void };

function CountyLines({ society, lines, set }: LinesProps) {
  const counties = useLive(
    ['society'],
    (store) =>
      store
        .rows('society')
        .filter(({ id, level }) => level === 'county' && isBelow(store, id, society.id))
        .sort((a, b) => a.adcode.localeCompare(b.adcode)),
    [society.id],
  );
  const change = (at: number, part: Partial<CountyLine>) =>
    set(lines.map((line, n) => (n === at ? { ...line, ...part } : line)));
  return (
    <fieldset className="structure-counties">
      <legend>{t('structure.form.counties')}</legend>
      <p className="quiet">{t('structure.form.counties-hint')}</p>
      {lines.map((line, at) => (
        <div key={at} className="structure-county" role="group" aria-label={t('structure.form.line', { line: at + 1 })}>
          <SelectField
            label={t('structure.form.county')}
            value={line.societyId}
            set={(societyId) => change(at, { societyId })}
            none={t('form.choose')}
            options={counties.map(({ id, shortName }) => ({ value: id, words: shortName }))}
          />
          <TextField
            label={t('structure.form.people')}
            type="units"
            value={line.people}
            set={(people) => change(at, { people })}
          />
          {lines.length > 1 && (
            <button type="button" className="button bare" onClick={() => set(lines.filter((_, n) => n !== at))}>
              {t('structure.form.remove')}
            </button>
          )}
        </div>
      ))}
      <button type="button" className="button" onClick={() => set([...lines, EMPTY])}>
        {t('structure.form.add-county')}
      </button>
    </fieldset>
  );
}
