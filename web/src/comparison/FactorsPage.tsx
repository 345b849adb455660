import type { FactorDto, FactorLine, FactorsDto } from '../../../src/comparison/comparison.dto.js';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import { useFetched } from '../api/use-fetched.js';
import { stamp } from '../i18n/format.js';
import { named, t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { live } from '../live/live.js';
import { useChanged } from '../live/use-changed.js';
import { Act, ReasonAct } from '../parts/Act.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import '../settings/admin.css';
import { useOurSociety } from '../settings/OurSociety.js';
import '../settings/messages.js';
import './comparison.css';
import './messages.js';

const LEAST = 5;

/** The factors of planning numbers: what counts, what closed incidents suggest, what was decided. `#/factors` */
export default function FactorsPage() {
  const { society, field } = useOurSociety('factor.decide');
  return (
    <SidePage title={t('factors.title')}>
      <div className="page admin">
        <p>{t('factors.what', { least: LEAST })}</p>
        {field}
        {society ? <Factors key={society.id} society={society} /> : <p className="empty">{t('factors.not-yours')}</p>}
      </div>
    </SidePage>
  );
}

function Factors({ society }: { society: SocietyDto }) {
  const revision = useChanged('need-factor', 'incident', 'need-estimate');
  const { data, problem, reload } = useFetched<FactorsDto>(`/need-factors?societyId=${society.id}`, revision);
  const nameOf = useLive(['item'], (store) => new Map(store.rows('item').map((item) => [item.code, named(item)])));
  if (!data) return problem ? <Refusal problem={problem} /> : <Loading />;
  if (data.lines.length === 0) return <p className="empty">{t('factors.empty')}</p>;
  return (
    <>
      {data.cut && <p className="notice">{t('factors.cut')}</p>}
      <div className="admin-scroll" tabIndex={0} role="group" aria-label={t('factors.title')}>
        <table className="admin-table">
          <thead>
            <tr>
              {['kind', 'item', 'now', 'suggestion', 'acts', 'history'].map((column) => (
                <th key={column} scope="col">
                  {t(`factors.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.lines.map((line) => (
              <Line
                key={`${line.kind} ${line.ruleCode}`}
                society={society}
                line={line}
                item={nameOf.get(line.itemCode) ?? line.itemCode}
                done={reload}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

type LineProps = { society: SocietyDto; line: FactorLine; item: string; done: () => void };

function Line({ society, line, item, done }: LineProps) {
  const kind = t(`kind.${line.kind}`);
  const { suggestion, history, inForce } = line;
  const version = history[0]?.version ?? 0;
  const body = { societyId: society.id, kind: line.kind, ruleCode: line.ruleCode, version };
  return (
    <tr data-factor={`${line.kind} ${line.itemCode}`}>
      <th scope="row">{kind}</th>
      <td>
        {item} <span className="admin-note quiet">{t(`estimate-source.${line.source}`)}</span>
      </td>
      <td>
        <b className="numeric">{t('factors.pct', { pct: inForce.valuePct })}</b>{' '}
        <span className="quiet">{whose(society, inForce)}</span>
      </td>
      <td>{suggested(suggestion)}</td>
      <td>
        {suggestion.verdict === 'change' && (
          <>
            <Act
              label={t('factors.accept', { pct: suggestion.suggestedPct })}
              path="/need-factors/accept"
              body={{ ...body, valuePct: suggestion.suggestedPct }}
              said={t('factors.said', { kind, item, pct: suggestion.suggestedPct })}
              done={done}
              look="primary"
            />
            <span className="admin-note quiet">{t('factors.leave')}</span>
          </>
        )}
      </td>
      <td>
        <History history={history} body={body} names={{ kind, item }} done={done} />
      </td>
    </tr>
  );
}

function whose(society: SocietyDto, { version, societyId }: FactorLine['inForce']): string {
  if (societyId === null) return t('factors.rule-itself');
  if (societyId === society.id) return t('factors.own', { version });
  return t('factors.from', { society: live.store.row('society', societyId)?.shortName ?? '', version });
}

function suggested({ verdict, incidents, leastIncidents, medianPct, suggestedPct, bounded }: FactorLine['suggestion']) {
  const n = incidents.length;
  const numbers = incidents.map(({ number, impliedPct }) => `${number} ${impliedPct}%`).join(t('list.separator'));
  const words = {
    few: () => t('factors.few', { n, missing: leastIncidents - n }),
    keep: () => t('factors.keep', { median: medianPct }),
    change: () => t('factors.change', { pct: suggestedPct, n, median: medianPct }),
  }[verdict]();
  return (
    <>
      {words} {bounded && <span className="quiet">{t('factors.bounded')}</span>}
      {n > 0 && <span className="admin-note quiet">{numbers}</span>}
    </>
  );
}

type HistoryProps = { history: FactorDto[]; body: object; names: { kind: string; item: string }; done: () => void };

/** The versions of this society with their sources; each but the newest can count again. */
function History({ history, body, names, done }: HistoryProps) {
  if (history.length === 0) return <span className="quiet">{t('factors.no-history')}</span>;
  const restore = (toVersion: number, label: string) => (
    <ReasonAct
      label={label}
      path="/need-factors/restore"
      body={{ ...body, toVersion }}
      said={t('factors.said-restored', names)}
      done={done}
    />
  );
  return (
    <details>
      <summary>
        {t('factors.column.history')} <span className="numeric">{history.length}</span>
      </summary>
      <ul className="factor-history">
        {history.map((one, n) => (
          <li key={one.version}>
            {t('factors.version', { version: one.version, pct: one.valuePct, at: stamp(one.setAt), who: one.setBy })}
            <span className="admin-note quiet">
              {sourceOf(one)} {one.reason}
            </span>
            {n > 0 && restore(one.version, t('factors.restore-of', { version: one.version, ...names }))}
          </li>
        ))}
      </ul>
      {restore(0, t('factors.restore-rule', names))}
    </details>
  );
}

function sourceOf({ source }: FactorDto): string {
  if (source.code === 'restored')
    return source.fromVersion === 0
      ? t('factors.restored-rule')
      : t('factors.restored', { version: source.fromVersion });
  const numbers = source.incidents.map(({ number }) => number).join(t('list.separator'));
  return t('factors.retuned', { n: source.incidents.length, numbers });
}
