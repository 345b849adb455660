import type { ReactNode } from 'react';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import type { SuggestionDto } from '../../../src/suggestions/suggestions.dto.js';
import type { ProblemError } from '../api/http.js';
import { count, timeOfDay } from '../i18n/format.js';
import { hasMessage, named, t, tCode } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { Refusal } from '../parts/Refusal.js';
import { reasonText } from '../parts/reason.js';
import { unitText } from '../rescue-teams/unit-name.rules.js';
import { isChosen, isOutdated, numbered } from './choice.rules.js';
import type { Choice, SuggestionLine } from './choice.rules.js';
import { Insight, withoutStore } from './Insight.js';
import { SoFar } from './SoFar.js';
import { lineText, needWords, wayReasons, wayText } from './line-text.js';
import type { Binding } from './Insight.js';

type Props = {
  incident: IncidentDto;
  suggestion: SuggestionDto | null;
  problem: ProblemError | null;
  choice: Choice;
  toggle: (index: number) => void;
  refresh: () => void;
  /** Asks again with the desk's bindings. */
  bind: (binding: Binding) => void;
};

export function Proposal({ incident, suggestion, problem, choice, toggle, refresh, bind }: Props) {
  if (problem) return <Failed words={<Refusal problem={problem} />} refresh={refresh} />;
  if (!suggestion || suggestion.status === 'queued' || suggestion.status === 'solving') {
    if (suggestion?.progress) return <SoFar incident={incident} progress={suggestion.progress} />;
    return (
      <div className="empty">
        <p role="status">{t(`suggestion.${suggestion?.status ?? 'queued'}`)}</p>
        <progress aria-label={t(`suggestion.${suggestion?.status ?? 'queued'}`)} />
      </div>
    );
  }
  if (suggestion.status !== 'proposed') {
    const words = suggestion.failure
      ? t('dispatch.failed', { cause: tCode('reason.', suggestion.failure) })
      : t(`dispatch.ended-${suggestion.status}`);
    return <Failed words={<p className="notice warning">{words}</p>} refresh={refresh} />;
  }
  const { teams, goods } = numbered(suggestion.lines);
  return (
    <div className="proposal">
      {isOutdated(suggestion, incident) && <Stale refresh={refresh} />}
      {suggestion.lines.length === 0 && <p className="empty">{t(nothingWords(incident, suggestion))}</p>}
      <ol className="lines" data-tour="proposal">
        {teams.map(({ line, index }, at) => (
          <Line
            key={index}
            line={line}
            chosen={isChosen(choice, index)}
            digit={at < 9 ? at + 1 : null}
            toggle={() => toggle(index)}
            way={wayReasons(suggestion, 'unitId' in line ? { unitId: line.unitId } : { warehouseId: line.warehouseId })}
          />
        ))}
        {goods.map(({ line, index }) => (
          <Line
            key={index}
            line={line}
            chosen={isChosen(choice, index)}
            digit={null}
            toggle={() => toggle(index)}
            way={wayReasons(suggestion, 'unitId' in line ? { unitId: line.unitId } : { warehouseId: line.warehouseId })}
            spare={line.kind === 'supply' ? () => bind(withoutStore(suggestion.ask, line.warehouseId)) : undefined}
          />
        ))}
      </ol>
      <Unmet incident={incident} suggestion={suggestion} />
      <Insight incident={incident} suggestion={suggestion} bind={bind} />
      <Excluded suggestion={suggestion} />
      <p className="quiet numeric">
        <SolverNote suggestion={suggestion} />{' '}
        <button type="button" className="button small" onClick={refresh}>
          {t('dispatch.refresh')}
        </button>
      </p>
    </div>
  );
}

/** Why nobody and nothing is proposed: nothing was asked for, all of it is on its way, or there is none to send. */
const nothingWords = ({ needs }: IncidentDto, { unmet }: SuggestionDto): string =>
  unmet.length === 0 && needs.capabilities.length + needs.items.length > 0
    ? 'dispatch.nothing-left'
    : 'dispatch.no-lines';

function Stale({ refresh }: { refresh: () => void }) {
  return (
    <p className="notice warning" role="status">
      {t('dispatch.stale')}{' '}
      <button type="button" className="button small" onClick={refresh}>
        {t('dispatch.refresh')}
      </button>
    </p>
  );
}

function Failed({ words, refresh }: { words: ReactNode; refresh: () => void }) {
  return (
    <div className="form-body">
      {words}
      <p className="quiet">{t('dispatch.manual-hint')}</p>
      <button type="button" className="button" onClick={refresh}>
        {t('dispatch.refresh')}
      </button>
    </div>
  );
}

function Line({
  line,
  chosen,
  digit,
  toggle,
  spare,
  way = '',
}: {
  line: SuggestionLine;
  chosen: boolean;
  digit: number | null;
  toggle: () => void;
  /** Plans again without the store of this line. */
  spare?: (() => void) | undefined;
  /** What its arrival is reckoned from. */
  way?: string;
}) {
  const after = line.kind === 'supply' ? t('dispatch.available-after', { count: count(line.availableAfter) }) : null;
  return (
    <li className={`line${chosen ? ' chosen' : ''}`}>
      <label>
        <input type="checkbox" checked={chosen} onChange={toggle} />
        <kbd className={digit === null ? 'blank' : ''}>{digit ?? ''}</kbd>
        <span className="line-what">
          <b>{lineText(line)}</b>
          <span className="numeric">{[wayText(line), after].filter(Boolean).join(' · ')}</span>
          {way !== '' && <span className="quiet numeric">{way}</span>}
          {line.reasons.length > 0 && (
            <span className="quiet">{line.reasons.map(reasonText).join(t('list.separator'))}</span>
          )}
          {line.warnings.map((warning) => (
            <span key={warning.code} className="warning">
              <span aria-hidden="true">▲ </span>
              {reasonText(warning)}
            </span>
          ))}
        </span>
      </label>
      {spare && (
        <button type="button" className="button small" onClick={spare}>
          {t('insight.spare-store')}
        </button>
      )}
    </li>
  );
}

function Unmet({ incident, suggestion: { unmet, lines } }: { incident: IncidentDto; suggestion: SuggestionDto }) {
  if (unmet.length === 0 && lines.length === 0) return null;
  if (unmet.length === 0) return <p className="notice good">{t('dispatch.all-met')}</p>;
  return (
    <div className="notice warning">
      <h3>{t('dispatch.unmet')}</h3>
      <ul>
        {unmet.map((line) => (
          <li key={line.needId}>
            <b>{t('dispatch.unmet-line', { need: needWords(incident, line.needId), missing: count(line.missing) })}</b>{' '}
            {reasonText(line.cause)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Why no road leads there, where more is known than that. */
const noWay = (
  { ways }: SuggestionDto,
  { reason, unitId, warehouseId }: SuggestionDto['excluded'][number],
): string[] => (reason.code === 'road-blocked' ? (ways[unitId ?? warehouseId ?? ''] ?? []).map(reasonText) : []);

/** Who was left out, and why: folded, but never silent. */
function Excluded({ suggestion }: { suggestion: SuggestionDto }) {
  if (suggestion.excluded.length === 0) return null;
  const { store } = live;
  return (
    <details className="excluded">
      <summary>{t('dispatch.excluded', { count: suggestion.excluded.length })}</summary>
      <ul>
        {suggestion.excluded.map((line, index) => {
          const unit = store.row('team-unit', line.unitId);
          const who = unit
            ? unitText(unit)
            : [named(store.row('warehouse', line.warehouseId)), named(store.row('item', line.itemId))]
                .filter(Boolean)
                .join(' ');
          return (
            <li key={index}>
              {who}{' '}
              <span className="quiet">
                {[reasonText(line.reason), ...noWay(suggestion, line)].join(t('list.separator'))}
              </span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** Whose means were planned with, which engine answered, when, and how far the answer may be from the best one. */
function SolverNote({ suggestion }: { suggestion: SuggestionDto }) {
  const solver = suggestion.solver ?? '';
  const society = live.store.row('society', suggestion.societyId);
  const parts = [
    society && t('dispatch.made-for', { society: named(society) }),
    suggestion.solvedAt && t('dispatch.solved-at', { at: timeOfDay(suggestion.solvedAt) }),
    solver && (hasMessage(`solver.${solver}`) ? t(`solver.${solver}`) : solver),
    suggestion.gap !== null &&
      (suggestion.gap === 0 ? t('dispatch.proven') : t('dispatch.gap', { percent: (suggestion.gap * 100).toFixed(1) })),
  ];
  return <>{parts.filter(Boolean).join(' · ')}</>;
}
