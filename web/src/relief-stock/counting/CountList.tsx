import { type FormEvent, useState } from 'react';
import { type CountAnswer, type CountDto, COUNT_KINDS } from '../../../../src/relief-stock/counting/count.dto.js';
import { query } from '../../api/http.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { go } from '../../app/routes.js';
import { count as figure, stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { Choices } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';

type Bin = { id: string; code: string };

export function CountList({ warehouseId }: { warehouseId: string }) {
  const { data, problem } = useFetched<{ items: CountDto[] }>(`/stock/counts${query({ warehouseId, limit: 50 })}`);
  return (
    <>
      <OpenForm warehouseId={warehouseId} />
      <Refusal problem={problem} />
      <ul className="count-list">
        {(data?.items ?? []).map((one) => (
          <li key={one.id}>
            <a className="count-row" href={`#/keeper/counts/${one.id}`}>
              <b>{one.number}</b>
              <span>{t(`count.kind.${one.kind}`)}</span>
              <span className={`count-mark count-${one.status}`}>{t(`count.status.${one.status}`)}</span>
              <span className="quiet">
                {t('count.lines-of', { done: figure(one.lineCount - one.openLines - one.recountLines), all: figure(one.lineCount) })}
              </span>
              <span className="quiet">{stamp(one.openedAt)}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
} // prettier-ignore

function OpenForm({ warehouseId }: { warehouseId: string }) {
  const [kind, setKind] = useState<CountDto['kind']>('spot');
  const [chosen, choose] = useState<readonly string[]>([]);
  const { data } = useFetched<{ items: Bin[] }>(`/warehouses/${warehouseId}/bins`);
  const { busy, problem, send } = useCommand();
  const open = async (event: FormEvent) => {
    event.preventDefault();
    const scope = chosen.length === 0 ? { by: 'whole' } : { by: 'bins', ids: chosen };
    const opened = await send<CountAnswer>('/stock/counts', { warehouseId, kind, scope });
    if (opened) go(`keeper/counts/${opened.id}`);
  };
  const toggle = (id: string) => choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <form className="count-open" onSubmit={(event) => void open(event)}>
      <Choices
        legend={t('count.kind')}
        name="kind"
        values={COUNT_KINDS}
        value={kind}
        choose={setKind}
        words={(value) => t(`count.kind.${value}`)}
      />
      <fieldset className="choices">
        <legend>{t('count.scope')}</legend>
        <p className="quiet">{t(chosen.length === 0 ? 'count.scope.whole' : 'count.scope.bins', { count: chosen.length })}</p>
        {(data?.items ?? []).map((bin) => (
          <button key={bin.id} type="button" className="button" aria-pressed={chosen.includes(bin.id)} onClick={() => toggle(bin.id)}>
            {bin.code}
          </button>
        ))}
      </fieldset>
      <Refusal problem={problem} />
      <button type="submit" className="button primary huge" disabled={busy}>
        {t('count.open')}
      </button>
    </form>
  );
} // prettier-ignore
