import { useState } from 'react';
import type { FormEvent } from 'react';
import type { IncidentDto, NeedsEstimate } from '../../../src/incidents/incidents.dto.js';
import type { ItemDto } from '../../../src/relief-stock/relief-stock.dto.js';
import { useCommand } from '../api/use-command.js';
import { count } from '../i18n/format.js';
import { named, t } from '../i18n/i18n.js';
import { useRows } from '../live/hooks.js';
import { Field } from '../parts/Field.js';
import { reasonText } from '../parts/reason.js';
import { Refusal } from '../parts/Refusal.js';
import { withEstimate } from './needs-draft.rules.js';
import type { NeedsDraft } from './needs-draft.rules.js';

type Props = { incident: IncidentDto; draft: NeedsDraft; change: (draft: NeedsDraft) => void };

/** A first estimate from people in shelters and days; it says its rule and is only taken over on request. */
export function NeedsEstimateForm({ incident, draft, change }: Props) {
  const items = useRows('item');
  const { busy, problem, send } = useCommand();
  const [sheltered, setSheltered] = useState(String(incident.figures.movedCollective ?? incident.figures.moved ?? ''));
  const [days, setDays] = useState('3');
  const [asked, setAsked] = useState<{ body: object; estimate: NeedsEstimate } | null>(null);
  const path = `/incidents/${incident.id}/needs/estimate`;
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    const body = { sheltered: Number(sheltered), days: Number(days) };
    const estimate = await send<NeedsEstimate>(path, body);
    setAsked(estimate && { body, estimate });
  };
  /** What is taken over is kept, so that it can be held against what was used in the end. */
  const take = async ({ body }: { body: object }) => {
    const kept = await send<NeedsEstimate>(path, { ...body, keep: true });
    if (!kept) return;
    setAsked({ body, estimate: kept });
    change(withEstimate(draft, kept, (code) => byCode(code)?.id));
  };
  const byCode = (code: string) => items.find((item) => item.code === code);
  return (
    <form className="estimate" onSubmit={(event) => void ask(event)}>
      <h3>{t('estimate.title')}</h3>
      <div className="form-row">
        <NumberField label={t('estimate.sheltered')} value={sheltered} set={setSheltered} least={0} />
        <NumberField label={t('estimate.days')} value={days} set={setDays} least={1} most={30} />
        <button type="submit" className="button" disabled={busy}>
          {t('estimate.ask')}
        </button>
      </div>
      <Refusal problem={problem} />
      {asked && (
        <>
          <EstimateTable estimate={asked.estimate} items={items} />
          <button type="button" className="button" disabled={busy} onClick={() => void take(asked)}>
            {t('estimate.take')}
          </button>
        </>
      )}
    </form>
  );
}

type NumberProps = { label: string; value: string; set: (value: string) => void; least: number; most?: number };

const NumberField = ({ label, value, set, least, most }: NumberProps) => (
  <Field label={label}>
    <input
      className="input numeric"
      type="number"
      min={least}
      max={most}
      required
      value={value}
      onChange={(event) => set(event.target.value)}
    />
  </Field>
);

function EstimateTable({ estimate, items }: { estimate: NeedsEstimate; items: ItemDto[] }) {
  const nameOf = (code: string) => named(items.find((item) => item.code === code)) || code;
  return (
    <table className="levels">
      <tbody className="numeric">
        {estimate.items.map((line) => (
          <tr key={line.itemCode}>
            <th scope="row">{nameOf(line.itemCode)}</th>
            <td>
              <b>{count(line.mid)}</b>{' '}
              <span className="quiet">
                {count(line.low)}–{count(line.high)}
              </span>
            </td>
            <td className="quiet">
              {reasonText(line.rule)}
              {line.factor.version > 0 && (
                <> · {t('estimate.factor', { pct: line.factor.valuePct, version: line.factor.version })}</>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
