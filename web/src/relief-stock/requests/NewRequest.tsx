import { useState } from 'react';
import type { FormEvent } from 'react';
import type { RequestDto } from '../../../../src/relief-stock/requests/requests.dto.js';
import { useSession } from '../../access/session.js';
import { useCommand } from '../../api/use-command.js';
import { newId } from '../../api/ids.js';
import { go } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { ItemPicker } from '../ItemPicker.js';
import { IncidentField } from '../parts/IncidentField.js';
import { BackTo } from '../parts/PaperList.js';

interface Draft {
  incidentId: string;
  place: string;
  hours: string;
  lines: { itemId: string; units: string }[];
}
const HOURS = ['6', '12', '24', '48', '72', '168'];
const HOUR_MS = 3_600_000;

/** A request being written, and the act that sends it. */
function useNewRequest(warehouseId: string | undefined, base: string) {
  const { actor } = useSession();
  const [id] = useState(newId);
  const [draft, setDraft] = useState<Draft>({
    incidentId: '',
    place: '',
    hours: '24',
    lines: [{ itemId: '', units: '' }],
  });
  const { busy, problem, send } = useCommand();
  const lines = draft.lines.flatMap(({ itemId, units }) =>
    itemId && Number.isInteger(Number(units)) && Number(units) > 0 ? [{ itemId, units: Number(units) }] : [],
  );
  const societyId = live.store.row('warehouse', warehouseId)?.societyId ?? actor?.grants[0]?.societyId;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = {
      id, societyId, ...(warehouseId ? { warehouseId } : {}), ...(draft.incidentId ? { incidentId: draft.incidentId } : {}),
      place: draft.place.trim(), neededBy: new Date(Date.now() + Number(draft.hours) * HOUR_MS).toISOString(), lines,
    }; // prettier-ignore
    const made = await send<RequestDto>('/stock/requests', body);
    if (!made) return;
    say(t('request.said.new', { number: made.number }));
    go(`${base}/${made.id}`);
  };
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  return { draft, change, submit, problem, busy, ready: lines.length > 0 && draft.place.trim() !== '' };
}

/** Asks the society above: what, how many, where, until when, and for what. */
export function NewRequest({ warehouseId, base }: { warehouseId: string | undefined; base: string }) {
  const { draft, change, submit, problem, busy, ready } = useNewRequest(warehouseId, base);
  return (
    <form className="page keeper-form" onSubmit={(event) => void submit(event)}>
      <BackTo href={`#/${base}`} />
      <div className="form-grid">
        <IncidentField
          label={t('request.purpose')}
          none={t('request.for-stock')}
          value={draft.incidentId}
          set={(incidentId) => change({ incidentId })}
        />
        <TextField
          label={t('request.place')}
          required
          maxLength={80}
          value={draft.place}
          set={(place) => change({ place })}
        />
        <SelectField
          label={t('request.within')}
          value={draft.hours}
          set={(hours) => change({ hours })}
          options={HOURS.map((hours) => ({ value: hours, words: t('request.hours', { hours }) }))}
        />
      </div>
      <Lines lines={draft.lines} set={(next) => change({ lines: next })} />
      <Refusal problem={problem} />
      <Submit label={t('request.act.new')} busy={busy} lacks={ready ? null : t('request.incomplete')} />
    </form>
  );
}

type Row = Draft['lines'][number];

function Lines({ lines, set }: { lines: Row[]; set: (lines: Row[]) => void }) {
  const edit = (n: number, part: Partial<Row>) =>
    set(lines.map((line, each) => (each === n ? { ...line, ...part } : line)));
  return (
    <>
      {lines.map((line, n) => (
        <fieldset key={n} className="receipt-line">
          <legend>{t('request.line-title', { line: n + 1 })}</legend>
          <ItemPicker itemId={line.itemId} choose={(itemId) => edit(n, { itemId })} fault={null} />
          <TextField
            label={t('request.units')}
            type="units"
            required
            value={line.units}
            set={(units) => edit(n, { units })}
          />
        </fieldset>
      ))}
      <button type="button" className="button" onClick={() => set([...lines, { itemId: '', units: '' }])}>
        {t('request.add-line')}
      </button>
    </>
  );
}
