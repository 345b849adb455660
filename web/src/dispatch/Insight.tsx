import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import type { AskSuggestion, SuggestionDto } from '../../../src/suggestions/suggestions.dto.js';
import { count } from '../i18n/format.js';
import { named, t } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { reasonText } from '../parts/reason.js';
import { coverOf } from './cover.rules.js';

/** What the desk may bind a plan with; the rest of the question stays as it was. */
export type Binding = Partial<Pick<AskSuggestion, 'sends' | 'spares' | 'order' | 'locks'>>;

type Props = { incident: IncidentDto; suggestion: SuggestionDto; bind: (binding: Binding) => void };

/** Why the plan is as it is, read in a minute: how far it reaches, how even it is, what holds it back, what choices cost. */
export function Insight({ incident, suggestion, bind }: Props) {
  const { insight, travel, reserved, ask } = suggestion;
  if (!insight) return null;
  const kept = new Map<string, number>();
  for (const { incidentId, units } of reserved) kept.set(incidentId, (kept.get(incidentId) ?? 0) + units);
  const others = [...kept].map(([id, units]) =>
    t('insight.reserved-line', { incident: live.store.row('incident', id)?.title ?? id, units: count(units) }),
  );
  const isStrict = ask.order?.reserve !== 'off';
  return (
    <section className="insight" aria-label={t('insight.title')}>
      <h3>{t('insight.title')}</h3>
      <ul>
        {coverLines(incident, suggestion).map((words) => (
          <li key={words}>
            <b>{words}</b>
          </li>
        ))}
        <li className="numeric">{equityText(insight)}</li>
        {travel && <li>{t('insight.travel', travelWords(travel))}</li>}
      </ul>
      <Part title={t('insight.bindings')} lines={insight.bindings.map(reasonText)} />
      <Part title={t('insight.limits')} lines={insight.limits.map(reasonText)} />
      <Part title={t('insight.order')} lines={insight.order.map(reasonText)} />
      <Part title={t('insight.reserved')} lines={others} />
      {isStrict && (
        <button
          type="button"
          className="button small"
          onClick={() => bind({ ...bound(ask), order: { reserve: 'off', tier: 'after-arrival' } })}
        >
          {t('insight.price-order')}
        </button>
      )}
    </section>
  );
}

/** Where the minutes come from; older suggestions know only the router and the class of the speed. */
function travelWords({ source, speedClass, provenance = [] }: NonNullable<SuggestionDto['travel']>) {
  const [road, ...speed] = provenance.map(reasonText);
  if (road === undefined) return { source: t(`travel.${source}`), speed: t(`speed.${speedClass}`) };
  return { source: road, speed: speed.join(t('list.separator')) };
}

/** The bindings of a suggestion as a new question. */
export function bound({ locks, sends, spares, order }: SuggestionDto['ask']): Binding {
  return { locks, ...(sends ? { sends } : {}), ...(spares ? { spares } : {}), ...(order ? { order } : {}) };
}

function Part({ title, lines }: { title: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>
        {title} <span className="numeric">{lines.length}</span>
      </summary>
      <ul>
        {lines.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </details>
  );
}

const percent = (share: number): string => (share * 100).toFixed(1);

function equityText({
  equity: { before, after },
}: {
  equity: NonNullable<SuggestionDto['insight']>['equity'];
}): string {
  return t('insight.equity', {
    before: percent(before.smallestShare),
    after: percent(after.smallestShare),
    giniBefore: before.gini.toFixed(2),
    giniAfter: after.gini.toFixed(2),
  });
}

/** How far the goods reach for people in collective shelters, where a unit's people are known. */
function coverLines(incident: IncidentDto, { lines }: SuggestionDto): string[] {
  const people = incident.figures.movedCollective ?? 0;
  const units = new Map<string, number>();
  for (const line of lines)
    if (line.kind === 'supply') units.set(line.itemId, (units.get(line.itemId) ?? 0) + line.units);
  return [...units].flatMap(([itemId, sent]) => {
    const item = live.store.row('item', itemId);
    const cover = item ? coverOf(item.code, sent, people) : null;
    if (!cover) return [];
    const range = { low: cover.low.toFixed(1), high: cover.high.toFixed(1) };
    return [t('insight.cover', { item: named(item), units: count(sent), people: count(people), ...range })];
  });
}

/** One more warehouse left out. */
export function withoutStore(ask: SuggestionDto['ask'], warehouseId: string): Binding {
  return { ...bound(ask), spares: [...(ask.spares ?? []), { warehouseId }] };
}
