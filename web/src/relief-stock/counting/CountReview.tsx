import { useState } from 'react';
import {
  type CountAnswer,
  type CountDetailDto,
  type CountLineDto,
  DIFFERENCE_CAUSES,
} from '../../../../src/relief-stock/counting/count.dto.js';
import { useSession } from '../../access/session.js';
import { useCommand } from '../../api/use-command.js';
import { count as figure } from '../../i18n/format.js';
import { named, t, tCode } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { ReasonAct } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js'; // prettier-ignore

type Props = { count: CountDetailDto; me: string; reload: () => void };
const differs = (line: CountLineDto) => line.varianceUnits !== null && line.varianceUnits !== 0;
const mustBeLookedAt = (line: CountLineDto) => differs(line) || line.state === 'recount' || line.blocked !== null;

/** After the counting: the differences with their causes, and the steps that are left, by who did not count. */
export function CountReview({ count, me, reload }: Props) {
  const { actor } = useSession();
  const { busy, problem, send } = useCommand();
  const [chosen, choose] = useState<readonly string[]>([]);
  const rows = count.lines.filter(mustBeLookedAt);
  const counted = count.lines.some(({ counterIds }) => counterIds.includes(me));
  const roles = (actor?.grants ?? []).map(({ role }) => role);
  const mayApprove = roles.some((role) => role === 'checker' || role === 'dutyLead');
  const act = async (step: string, body: object, method: 'POST' | 'PUT' = 'POST') => {
    const answer = await send<CountAnswer>(`/stock/counts/${count.id}/${step}`, { version: count.version, ...body }, method);
    if (answer) say(t(`count.said.${step}`));
    choose([]);
    reload();
  };
  const value = rows.reduce((sum, { valueFen }) => sum + (valueFen ?? 0), 0);
  return (
    <section className="count-review">
      <p className="count-sum">
        {t('count.sum', { lines: figure(count.lines.length), differing: figure(count.lines.filter(differs).length), yuan: figure(Math.round(value / 100)) })}
      </p>
      {rows.length === 0 && <p className="notice good">{t('count.no-differences')}</p>}
      {!mayApprove && count.status !== 'posted' && <p className="notice">{t('count.waits-for-checker')}</p>}
      {counted && mayApprove && <p className="notice">{t('count.you-counted')}</p>}
      {rows.length > 0 && <DifferenceTable rows={rows} chosen={chosen} choose={choose} />}
      <Refusal problem={problem} />
      <div className="form-acts">
        {count.status === 'counted' && rows.some(({ state }) => state === 'counted') && (
          <Causes busy={busy} explain={(cause) => void act('causes', { lines: causesOf(rows, chosen, cause) }, 'PUT')} all={chosen.length === 0} />
        )}
        {mayApprove && !counted && <Steps count={count} chosen={chosen} busy={busy} act={act} />}
        {mayApprove && !counted && chosen.length > 0 && (
          <ReasonAct
            label={t('count.drop', { count: figure(chosen.length) })}
            path={`/stock/counts/${count.id}/drop`}
            body={{ version: count.version, lineIds: chosen }}
            said={t('count.said.drop')}
            done={() => {
              choose([]);
              reload();
            }}
          />
        )}
      </div>
    </section>
  );
} // prettier-ignore

/** The chosen lines, or every difference without a cause when none is chosen. */
function causesOf(rows: readonly CountLineDto[], chosen: readonly string[], cause: string) {
  const wanted = rows.filter(({ id, state }) => (chosen.length > 0 ? chosen.includes(id) : state === 'counted'));
  return wanted.map(({ id }) => ({ lineId: id, cause, note: '' }));
}

function Causes({ busy, all, explain }: { busy: boolean; all: boolean; explain: (cause: string) => void }) {
  return (
    <label className="field">
      <span className="label">{t(all ? 'count.cause-all' : 'count.cause-chosen')}</span>
      <select className="input" value="" disabled={busy} onChange={(event) => explain(event.target.value)}>
        <option value="" disabled>
          {t('count.choose-cause')}
        </option>
        {DIFFERENCE_CAUSES.map((cause) => (
          <option key={cause} value={cause}>
            {t(`count.cause.${cause}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

type StepsProps = {
  count: CountDetailDto;
  chosen: readonly string[];
  busy: boolean;
  act: (step: string, body: object) => Promise<void>;
};

function Steps({ count, chosen, busy, act }: StepsProps) {
  const again = chosen.length > 0 ? chosen : count.lines.filter(({ state }) => state === 'recount').map(({ id }) => id);
  return (
    <>
      {(count.status === 'counted' || count.status === 'approved') && again.length > 0 && (
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => void act('recount', { lineIds: again })}
        >
          {t('count.recount', { count: figure(again.length) })}
        </button>
      )}
      {(count.status === 'counted' || count.status === 'approved') && (
        <button
          type="button"
          className={`button huge${count.status === 'counted' ? ' primary' : ''}`}
          disabled={busy}
          onClick={() => void act('approve', { seen: count.figures ?? '' })}
        >
          {t(count.status === 'counted' ? 'count.approve' : 'count.approve-again')}
        </button>
      )}
      {count.status === 'approved' && (
        <button type="button" className="button primary huge" disabled={busy} onClick={() => void act('post', {})}>
          {t('count.post')}
        </button>
      )}
    </>
  );
}

const COLUMNS = ['goods', 'book', 'counted', 'difference', 'cause'] as const;
type TableProps = {
  rows: readonly CountLineDto[];
  chosen: readonly string[];
  choose: (ids: readonly string[]) => void;
};

function DifferenceTable({ rows, chosen, choose }: TableProps) {
  const toggle = (id: string) => choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <table className="keeper-table">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {t(`count.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="numeric">
        {rows.map((line) => (
          <tr key={line.id} aria-selected={chosen.includes(line.id)}>
            <th scope="row">
              <label>
                <input type="checkbox" checked={chosen.includes(line.id)} onChange={() => toggle(line.id)} />{' '}
                <b>{line.binCode}</b> {named(live.store.row('item', line.itemId))} <small>{line.lotCode}</small>
              </label>
              {line.bookChanged && <small className="notice">{t('count.book-changed')}</small>}
              {line.blocked && <small className="notice problem">{tCode('count.blocked.', line.blocked.code, line.blocked.params)}</small>}
              {line.recountReason && <small className="notice">{t(`count.recount.${line.recountReason}`)}</small>}
            </th>
            <td>{line.bookUnits === null ? '' : figure(line.bookUnits)}</td>
            <td>{line.countedUnits === null ? '' : figure(line.countedUnits)}</td>
            <td className="count-difference">{line.varianceUnits === null ? '' : signed(line.varianceUnits)}</td>
            <td>{line.cause ? t(`count.cause.${line.cause}`) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
} // prettier-ignore

const signed = (units: number): string => (units > 0 ? `+${figure(units)}` : figure(units));
