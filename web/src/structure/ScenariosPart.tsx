import { useState } from 'react';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import type { ScenarioDto } from '../../../src/suggestions/structure/structure.dto.js';
import { query } from '../api/http.js';
import { useCommand } from '../api/use-command.js';
import { useFetched } from '../api/use-fetched.js';
import { count } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { useChanged } from '../live/use-changed.js';
import { Press } from '../parts/Act.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { ScenarioForm } from './ScenarioForm.js';

/** What stock is placed for: the society's own scenarios to change and switch off, and those of the societies above to know. */
export function ScenariosPart({ society }: { society: SocietyDto }) {
  const changed = useChanged('structure-scenario');
  const path = `/structure/scenarios${query({ societyId: society.id })}`;
  const { data, problem, reload } = useFetched<{ items: ScenarioDto[] }>(path, changed);
  const [adding, setAdding] = useState(false);
  const added = () => {
    setAdding(false);
    reload();
  };
  return (
    <div className="structure-part">
      <p>{t('structure.scenarios-what')}</p>
      <Refusal problem={problem} />
      {!data && !problem && <Loading />}
      {data?.items.length === 0 && <p className="empty">{t('structure.no-scenarios')}</p>}
      <ul className="structure-scenarios">
        {(data?.items ?? []).map((scenario) => (
          <ScenarioRow key={scenario.id} scenario={scenario} society={society} done={reload} />
        ))}
      </ul>
      {adding ? (
        <ScenarioForm society={society} scenario={null} done={added} back={() => setAdding(false)} />
      ) : (
        <button type="button" className="button primary" onClick={() => setAdding(true)}>
          {t('structure.add-scenario')}
        </button>
      )}
    </div>
  );
}

type RowProps = { scenario: ScenarioDto; society: SocietyDto; done: () => void };

function ScenarioRow({ scenario, society, done }: RowProps) {
  const [changing, setChanging] = useState(false);
  const owner = useLive(['society'], (store) => store.row('society', scenario.societyId)?.shortName ?? '', [
    scenario.societyId,
  ]);
  const { name, kind, month, perYear, source, counties, waterOnly, switchedOn, version, id } = scenario;
  const isOwn = scenario.societyId === society.id;
  const people = counties.reduce((sum, one) => sum + one.people, 0);
  const body = { name, kind, month, perYear, source, counties, waterOnly, switchedOn: !switchedOn, version };
  if (changing) {
    const changed = () => {
      setChanging(false);
      done();
    };
    return (
      <li>
        <ScenarioForm society={society} scenario={scenario} done={changed} back={() => setChanging(false)} />
      </li>
    );
  }
  return (
    <li className="structure-scenario" data-off={!switchedOn || undefined}>
      <p>
        <b>{name}</b> {!switchedOn && <span className="quiet">{t('structure.off')}</span>}
      </p>
      <p>
        {t('structure.scenario-facts', { kind: t(`kind.${kind}`), month, perYear, counties: counties.length, people: count(people) })}
        {waterOnly && t('structure.scenario-water')}
      </p>
      <p className="quiet">{t('structure.scenario-source', { source, owner })}</p>
      {isOwn && (
        <div className="form-acts" role="group" aria-label={name}>
          <button type="button" className="button" onClick={() => setChanging(true)}>
            {t('structure.change')}
          </button>
          <SwitchAct id={id} body={body} switchedOn={switchedOn} done={done} />
        </div>
      )}
    </li>
  ); // prettier-ignore
}

function SwitchAct({
  id,
  body,
  switchedOn,
  done,
}: {
  id: string;
  body: object;
  switchedOn: boolean;
  done: () => void;
}) {
  const { busy, problem, send } = useCommand();
  const press = async () => {
    if (await send(`/structure/scenarios/${id}`, body, 'PUT')) done();
  };
  const label = t(switchedOn ? 'structure.switch-off' : 'structure.switch-on');
  return <Press label={label} look="plain" busy={busy} problem={problem} blocked={null} press={() => void press()} />;
}
