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
  const [estimate, setEstimate] = useState<NeedsEstimate | null>(null);
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    const body = { sheltered: Number(sheltered), days: Number(days) };
    setEstimate(await send<NeedsEstimate>(`/incidents/${incident.id}/needs/estimate`, body));
  };
  const byCode = (code: string) => items.find((item) => item.code === code);
  return (
    <form className="estimate" onSubmit={(event) => void ask(event)}>
      <h3>{t('estimate.title')}</h3>
      <div className="form-row">
        <Field label={t('estimate.sheltered')}>
          <input
            className="input numeric"
            type="number"
            min={0}
            required
            value={sheltered}
            onChange={(event) => setSheltered(event.target.value)}
          />
        </Field>
        <Field label={t('estimate.days')}>
          <input
            className="input numeric"
            type="number"
            min={1}
            max={30}
            required
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        </Field>
        <button type="submit" className="button" disabled={busy}>
          {t('estimate.ask')}
        </button>
      </div>
      <Refusal problem={problem} />
      {estimate && (
        <>
          <EstimateTable estimate={estimate} items={items} />
          <button
            type="button"
            className="button"
            onClick={() => change(withEstimate(draft, estimate, (code) => byCode(code)?.id))}
          >
            {t('estimate.take')}
          </button>
        </>
      )}
    </form>
  );
}

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
            <td className="quiet">{reasonText(line.rule)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
