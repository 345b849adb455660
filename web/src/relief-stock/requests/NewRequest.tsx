import { useState } from 'react';
import type { FormEvent } from 'react';
import type { RequestDto } from '../../../../src/relief-stock/requests/requests.dto.js';
import { useSession } from '../../access/session.js';
import { useCommand } from '../../api/use-command.js';
import { newId } from '../../api/ids.js';
import { go } from '../../app/routes.js';
import { t } from '../../i18n/i18n.js';
import { useRows } from '../../live/hooks.js';
import { live } from '../../live/live.js';
import { Field } from '../../parts/Field.js';
import { Refusal } from '../../parts/Refusal.js';
import { say } from '../../parts/toast.js';
import { ItemPicker } from '../ItemPicker.js';

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
  return { draft, change, submit, problem, ready: !busy && lines.length > 0 && draft.place.trim() !== '' };
}

/** Asks the society above: what, how many, where, until when, and for what. */
export function NewRequest({ warehouseId, base }: { warehouseId: string | undefined; base: string }) {
  const { draft, change, submit, problem, ready } = useNewRequest(warehouseId, base);
  return (
    <form className="requests keeper-form" onSubmit={(event) => void submit(event)}>
      <a className="button bare" href={`#/${base}`}>
        <span aria-hidden="true">‹</span> {t('request.back')}
      </a>
      <div className="form-grid">
        <Purpose value={draft.incidentId} choose={(incidentId) => change({ incidentId })} />
        <Field label={t('request.place')} required>
          <input
            className="input"
            value={draft.place}
            maxLength={80}
            required
            onChange={(event) => change({ place: event.target.value })}
          />
        </Field>
        <Field label={t('request.within')}>
          <select className="input" value={draft.hours} onChange={(event) => change({ hours: event.target.value })}>
            {HOURS.map((hours) => (
              <option key={hours} value={hours}>
                {t('request.hours', { hours })}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Lines lines={draft.lines} set={(next) => change({ lines: next })} />
      <Refusal problem={problem} />
      <button type="submit" className="button primary huge" disabled={!ready}>
        {t('request.act.new')}
      </button>
    </form>
  );
}

function Purpose({ value, choose }: { value: string; choose: (id: string) => void }) {
  const incidents = useRows('incident');
  return (
    <Field label={t('request.purpose')}>
      <select className="input" value={value} onChange={(event) => choose(event.target.value)}>
        <option value="">{t('request.for-stock')}</option>
        {incidents.map((incident) => (
          <option key={incident.id} value={incident.id}>
            {incident.title}
          </option>
        ))}
      </select>
    </Field>
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
          <Field label={t('request.units')} required>
            <input
              className="input"
              inputMode="numeric"
              value={line.units}
              onChange={(event) => edit(n, { units: event.target.value })}
            />
          </Field>
        </fieldset>
      ))}
      <button type="button" className="button" onClick={() => set([...lines, { itemId: '', units: '' }])}>
        {t('request.add-line')}
      </button>
    </>
  );
}
