import { useState } from 'react';
import type { FormEvent } from 'react';
import type { PolicyDto } from '../../../../src/relief-stock/watch/watch.dto.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { named, t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { useChanged } from '../../live/use-changed.js';

const FIELDS = ['minimumUnits', 'targetUnits', 'maximumUnits'] as const;
const SIGNS = { unset: '–', below: '▽', within: '✓', above: '△' } as const;

/** Minimum, target and maximum of each item: as units, and as households served for 72 hours. */
export function PolicyTable({ warehouseId }: { warehouseId: string }) {
  const changed = useChanged('stock-policy');
  const path = `/stock/policies?warehouseId=${warehouseId}&limit=500`;
  const { data, problem, reload } = useFetched<{ items: PolicyDto[] }>(path, changed);
  const [editing, edit] = useState<string | null>(null);
  return (
    <>
      <p className="quiet">{t('watch.households-hint')}</p>
      <Refusal problem={problem} />
      {data?.items.length === 0 && <p className="empty">{t('watch.no-policies')}</p>}
      <ul>
        {data?.items.map((policy) => (
          <li key={policy.id} className={`policy standing-${policy.standing}`}>
            <PolicyRow policy={policy} edit={() => edit(policy.id)} />
            {editing === policy.id && (
              <PolicyForm
                policy={policy}
                done={() => {
                  edit(null);
                  reload();
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function PolicyRow({ policy, edit }: { policy: PolicyDto; edit: () => void }) {
  const item = live.store.row('item', policy.itemId);
  const households = (units: number | null) => (units === null ? '' : t('watch.households', { count: count(units) }));
  return (
    <>
      <span className="policy-name">
        <b>{named(item)}</b> <span className="quiet">{item?.code}</span>
        <br />
        <span className="policy-standing">
          <span aria-hidden="true">{SIGNS[policy.standing]}</span> {t(`watch.standing.${policy.standing}`)}
        </span>
      </span>
      <Figure label="available" units={policy.availableUnits} households={households(policy.availableHouseholds)} />
      <Figure label="minimumUnits" units={policy.minimumUnits} households={households(policy.minimumHouseholds)} />
      <Figure label="targetUnits" units={policy.targetUnits} households={households(policy.targetHouseholds)} />
      <Figure label="maximumUnits" units={policy.maximumUnits} households="" />
      <button type="button" className="button" onClick={edit}>
        {t('watch.change')}
      </button>
    </>
  );
}

function Figure({ label, units, households }: { label: string; units: number; households: string }) {
  return (
    <span className="policy-figure">
      <small className="quiet">{t(`watch.${label}`)}</small>
      <b className="numeric">{count(units)}</b>
      <small>{households}</small>
    </span>
  );
}

function PolicyForm({ policy, done }: { policy: PolicyDto; done: () => void }) {
  const [values, setValues] = useState(() => FIELDS.map((field) => String(policy[field])));
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const figures = Object.fromEntries(FIELDS.map((field, n) => [field, Number(values[n])]));
    const path = `/stock/policies/${policy.warehouseId}/${policy.itemId}`;
    if (!(await send(path, { version: policy.version, ...figures }, 'PUT'))) return;
    say(t('watch.said-changed'));
    done();
  };
  return (
    <form className="policy-form" onSubmit={(event) => void submit(event)}>
      {FIELDS.map((field, n) => (
        <TextField
          key={field}
          label={t(`watch.${field}`)}
          type="units"
          value={values[n] ?? ''}
          set={(value) => setValues(values.map((held, each) => (each === n ? value : held)))}
        />
      ))}
      <Refusal problem={problem} />
      <Submit
        look="primary"
        label={t('watch.save')}
        busy={busy}
        lacks={values.some((value) => value === '') ? t('form.incomplete') : null}
      />
    </form>
  );
}
