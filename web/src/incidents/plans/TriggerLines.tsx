import { MEASURES } from '../../../../src/incidents/response/plans.dto.js';
import type { Trigger } from '../../../../src/incidents/response/plans.dto.js';
import { t } from '../../i18n/i18n.js';
import { sourceText } from '../response/words.js';
import { LEVELS, NO_SOURCE } from './plan-draft.rules.js';
import type { TriggerDraft } from './plan-draft.rules.js';

type Props = { triggers: TriggerDraft[]; set: (triggers: TriggerDraft[]) => void };
const KNOWN = ['no-source', 'common-knowledge', 'city-plan', 'national-relief-plan-2016', 'national-relief-plan-2024'];

/** The figures from which a level is proposed, each with where it comes from: a figure without a source says so. */
export function TriggerLines({ triggers, set }: Props) {
  const change = (at: number, part: Partial<TriggerDraft>) =>
    set(triggers.map((line, index) => (index === at ? { ...line, ...part } : line)));
  return (
    <fieldset className="plan-edit">
      <legend>{t('plans.triggers')}</legend>
      <p className="quiet">{t('plans.triggers-hint')}</p>
      {triggers.map((line, at) => (
        <TriggerLine
          key={at}
          line={line}
          change={(part) => change(at, part)}
          remove={() => set(triggers.filter((_, index) => index !== at))}
        />
      ))}
      <button
        type="button"
        className="button small"
        onClick={() =>
          set([...triggers, { level: 'IV', by: 'movedOrNeedingAid', from: '', source: NO_SOURCE, neighbour: false }])
        }
      >
        {t('plans.add-trigger')}
      </button>
    </fieldset>
  );
}

type LineProps = { line: TriggerDraft; change: (part: Partial<TriggerDraft>) => void; remove: () => void };

function TriggerLine({ line, change, remove }: LineProps) {
  const sources = KNOWN.includes(line.source) ? KNOWN : [line.source, ...KNOWN];
  return (
    <div className="plan-line">
      <select
        className="input"
        aria-label={t('plans.measure')}
        value={line.by}
        onChange={({ target }) => change({ by: target.value as Trigger['by'] })}
      >
        {MEASURES.map((each) => (
          <option key={each} value={each}>
            {t(`measure.${each}`)}
          </option>
        ))}
      </select>
      <span>≥</span>
      <input
        className="input numeric"
        inputMode="decimal"
        aria-label={t('plans.from')}
        value={line.from}
        onChange={({ target }) => change({ from: target.value.replace(/[^\d.]/g, '') })}
      />
      <LevelSelect value={line.level} set={(level) => change({ level })} />
      <select
        className="input"
        aria-label={t('plans.source')}
        value={line.source}
        onChange={({ target }) => change({ source: target.value })}
      >
        {sources.map((each) => (
          <option key={each} value={each}>
            {sourceText(each)}
          </option>
        ))}
      </select>
      <label className="check">
        <input
          type="checkbox"
          checked={line.neighbour}
          onChange={({ target }) => change({ neighbour: target.checked })}
        />{' '}
        {t('plans.only-neighbour')}
      </label>
      <button type="button" className="button small bare" aria-label={t('needs.remove')} onClick={remove}>
        ✕
      </button>
    </div>
  );
}

function LevelSelect({ value, set }: { value: Trigger['level']; set: (level: Trigger['level']) => void }) {
  return (
    <select
      className="input"
      aria-label={t('plans.level')}
      value={value}
      onChange={({ target }) => set(target.value as Trigger['level'])}
    >
      {LEVELS.map((each) => (
        <option key={each} value={each}>
          {t(`response-level.${each}`)}
        </option>
      ))}
    </select>
  );
}
