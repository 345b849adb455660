import { useState } from 'react';
import type { FormEvent } from 'react';
import type { RequestDto, RequestLineDto } from '../../../../src/relief-stock/requests/requests.dto.js';
import { useCommand } from '../../api/use-command.js';
import { count } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { useLive } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';

const WAITING = new Set(['open', 'part-filled', 'passed-up']);
type Props = { request: RequestDto; societyIds: string[]; done: () => void };

/** Gives out of one warehouse of the own society: each waiting line with what is free there. */
export function AnswerForm({ request, societyIds, done }: Props) {
  const stores = useLive(
    ['warehouse'],
    (store) =>
      store
        .rows('warehouse')
        .filter(({ societyId, mode }) => societyIds.includes(societyId) && mode !== 'agreement' && mode !== 'virtual')
        .sort((a, b) => a.code.localeCompare(b.code)),
    [societyIds.join(' ')],
  );
  const [chosen, choose] = useState<string | null>(null);
  const warehouse = stores.find(({ id }) => id === chosen) ?? stores[0];
  const free = useFree(warehouse?.id);
  const [units, setUnits] = useState<Record<string, string>>({});
  const { busy, problem, send } = useCommand();
  if (!warehouse) return null;
  const waiting = request.lines.filter(({ state }) => WAITING.has(state));
  const lines = waiting.flatMap((line) => {
    const given = Number(units[line.id] ?? '');
    return Number.isInteger(given) && given > 0 ? [{ lineId: line.id, warehouseId: warehouse.id, units: given }] : [];
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(`/stock/requests/${request.id}/answers`, { version: request.version, lines }))) return;
    say(t('request.said.answer'));
    setUnits({});
    done();
  };
  return (
    <form className="keeper-form answer-form" onSubmit={(event) => void submit(event)}>
      <h3>{t('request.answer')}</h3>
      <SelectField
        label={t('request.out-of')}
        value={warehouse.id}
        set={choose}
        options={stores.map((each) => ({ value: each.id, words: named(each) }))}
      />
      {waiting.map((line) => (
        <AnswerLine
          key={line.id}
          line={line}
          free={free.get(line.itemId) ?? 0}
          value={units[line.id] ?? ''}
          set={(value) => setUnits({ ...units, [line.id]: value })}
        />
      ))}
      <Refusal problem={problem} />
      <Submit
        look="primary"
        label={t('request.act.answer')}
        busy={busy}
        lacks={lines.length === 0 ? t('request.answer-incomplete') : null}
      />
    </form>
  );
}

/** What a warehouse has to give, by item. */
function useFree(warehouseId: string | undefined): Map<string, number> {
  const levels = useLive(
    ['stock-level'],
    (store) => store.rows('stock-level').filter((level) => level.warehouseId === warehouseId),
    [warehouseId],
  );
  return new Map(levels.map((level) => [level.itemId, level.availableUnits]));
}

type LineProps = { line: RequestLineDto; free: number; value: string; set: (value: string) => void };

function AnswerLine({ line, free, value, set }: LineProps) {
  const item = live.store.row('item', line.itemId);
  const missing = line.requestedUnits - line.committedUnits;
  const most = Math.min(missing, free);
  return (
    <div className="answer-line">
      <TextField
        label={named(item)}
        type="units"
        hint={t('request.missing-and-free', { missing: count(missing), free: count(free) })}
        value={value}
        set={set}
      />
      <button type="button" className="button" disabled={most === 0} onClick={() => set(String(most))}>
        {t('request.give-all', { units: count(most) })}
      </button>
    </div>
  );
}
