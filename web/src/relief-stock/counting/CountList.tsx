import { type FormEvent, useState } from 'react';
import { type CountAnswer, type CountDto, COUNT_KINDS } from '../../../../src/relief-stock/counting/count.dto.js';
import { query } from '../../api/http.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { go } from '../../app/routes.js';
import { count as figure, stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { Choices } from '../../parts/Field.js';
import { useChanged } from '../../live/use-changed.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { useBins } from '../parts/BinField.js';
import { PaperList, PaperRow } from '../parts/PaperList.js';

const ENDED = new Set<CountDto['status']>(['posted', 'cancelled']);

/** Counts of the warehouse: those that still need somebody first, and a new one. */
export function CountList({ warehouseId }: { warehouseId: string }) {
  const changed = useChanged('stock-count');
  const counts = useFetched<{ items: CountDto[] }>(`/stock/counts${query({ warehouseId, limit: 50 })}`, changed);
  return (
    <>
      <OpenForm warehouseId={warehouseId} />
      <PaperList
        of={counts}
        empty={t('count.none')}
        sections={(rows) => [
          { title: t('count.going-on'), rows: rows.filter(({ status }) => !ENDED.has(status)) },
          { title: t('count.ended'), rows: rows.filter(({ status }) => ENDED.has(status)) },
        ]}
        row={(one) => (
          <PaperRow
            href={`#/keeper/counts/${one.id}`}
            title={`${one.number} · ${t(`count.kind.${one.kind}`)}`}
            aside={t(`count.status.${one.status}`)}
            state={t('count.lines-of', {
              done: figure(one.lineCount - one.openLines - one.recountLines),
              all: figure(one.lineCount),
            })}
            detail={`${one.openedBy} · ${stamp(one.openedAt)}`}
          />
        )}
      />
    </>
  );
}

function OpenForm({ warehouseId }: { warehouseId: string }) {
  const [kind, setKind] = useState<CountDto['kind']>('spot');
  const [chosen, choose] = useState<readonly string[]>([]);
  const bins = useBins(warehouseId);
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
      <fieldset className="choices" data-tour="count-scope">
        <legend>{t('count.scope')}</legend>
        <p className="quiet">
          {t(chosen.length === 0 ? 'count.scope.whole' : 'count.scope.bins', { count: chosen.length })}
        </p>
        {bins.map((bin) => (
          <button
            key={bin.id}
            type="button"
            className="button"
            aria-pressed={chosen.includes(bin.id)}
            onClick={() => toggle(bin.id)}
          >
            {bin.code}
          </button>
        ))}
      </fieldset>
      <Refusal problem={problem} />
      <Submit label={t('count.open')} busy={busy} mark="count-open" />
    </form>
  );
}
