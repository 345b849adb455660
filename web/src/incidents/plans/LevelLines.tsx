import { OWNER_ROLES } from '../../../../src/incidents/response/plans.dto.js';
import type { Requirement, ResponseLevel } from '../../../../src/incidents/response/plans.dto.js';
import { SPECIALITIES } from '../../../../src/rescue-teams/rescue-teams.dto.js';
import { named, t } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { emptyLine } from './plan-draft.rules.js';
import type { LineDraft } from './plan-draft.rules.js';

type Props = { level: ResponseLevel; lines: LineDraft[]; set: (lines: LineDraft[]) => void };
const KINDS = ['task', 'team', 'goods'] as const;

/** What one level adds to the lesser ones: duties, people of a speciality, goods. */
export function LevelLines({ level, lines, set }: Props) {
  return (
    <fieldset className="plan-edit">
      <legend>{t('plans.level-adds', { level: t(`response-level.${level}`) })}</legend>
      {lines.map((line, at) => (
        <LevelLine
          key={at}
          line={line}
          change={(part) => set(lines.map((each, index) => (index === at ? { ...each, ...part } : each)))}
          remove={() => set(lines.filter((_, index) => index !== at))}
        />
      ))}
      <div className="form-row">
        {KINDS.map((kind) => (
          <button key={kind} type="button" className="button small" onClick={() => set([...lines, emptyLine(kind)])}>
            {t(`plans.add-${kind}`)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

type LineProps = { line: LineDraft; change: (part: Partial<LineDraft>) => void; remove: () => void };

function LevelLine({ line, change, remove }: LineProps) {
  return (
    <div className={`plan-line plan-line-${line.kind}`}>
      {line.kind === 'task' ? <Duty line={line} change={change} /> : <Amount line={line} change={change} />}
      <select
        className="input"
        aria-label={t('plans.owner')}
        value={line.ownerRole}
        onChange={({ target }) => change({ ownerRole: target.value as Requirement['ownerRole'] })}
      >
        {OWNER_ROLES.map((each) => (
          <option key={each} value={each}>
            {t(`role.${each}`)}
          </option>
        ))}
      </select>
      <label className="plan-due">
        <input
          className="input numeric"
          inputMode="numeric"
          aria-label={t('plans.due-min')}
          value={line.dueMin}
          onChange={({ target }) => change({ dueMin: target.value.replace(/\D/g, '') })}
        />
        <span className="quiet">{t('plans.minutes')}</span>
      </label>
      <button type="button" className="button small bare" aria-label={t('needs.remove')} onClick={remove}>
        ✕
      </button>
    </div>
  );
}

function Duty({ line, change }: Omit<LineProps, 'remove'>) {
  return (
    <input
      className="input plan-duty"
      aria-label={t('plans.duty')}
      placeholder={t('plans.duty')}
      maxLength={400}
      value={line.title}
      onChange={({ target }) => change({ title: target.value })}
    />
  );
}

function Amount({ line, change }: Omit<LineProps, 'remove'>) {
  const items = useRows('item');
  const options =
    line.kind === 'team'
      ? SPECIALITIES.map((each) => ({ value: each as string, words: t(`speciality.${each}`) }))
      : items
          .map((item) => ({ value: item.code, words: `${item.code} ${named(item)}` }))
          .sort((a, b) => a.value.localeCompare(b.value));
  return (
    <>
      <select
        className="input"
        aria-label={t(line.kind === 'team' ? 'needs.speciality' : 'stock.item')}
        value={line.code}
        onChange={({ target }) => change({ code: target.value })}
      >
        {line.code === '' && <option value="">{t('form.choose')}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
      <input
        className="input numeric"
        inputMode="numeric"
        aria-label={t('needs.amount')}
        value={line.count}
        onChange={({ target }) => change({ count: target.value.replace(/\D/g, '') })}
      />
    </>
  );
}
