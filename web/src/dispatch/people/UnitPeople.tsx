import { useState } from 'react';
import type { RollDto, RollPersonDto } from '../../../../src/dispatch/accountability/roll.dto.js';
import { hourMinute } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useRow } from '../../live/hooks.js';
import { AnswerForm, HoldForm } from './ParForms.js';
import { CheckForm } from './CheckForm.js';
import { isLost, stageAt } from './people.rules.js';
import { SettleForm } from './SettleForm.js';

type Form = 'check' | 'answer' | 'hold' | 'settle';

/** The people of one unit by name, and what the desk may say of them in the words of the unit. */
export function UnitPeople({ roll }: { roll: RollDto }) {
  const [form, setForm] = useState<Form | null>(null);
  const assignment = useRow('assignment', roll.assignmentId);
  const close = () => setForm(null);
  const lost = roll.people.some(isLost) || roll.unnamed > 0;
  const forms: [Form, boolean][] = [
    ['answer', roll.par !== null],
    ['check', true],
    ['hold', roll.par !== null && roll.par.state !== 'missed'],
    ['settle', lost],
  ];
  return (
    <div className="people-unit">
      <table className="levels people-names">
        <thead>
          <tr>
            <th scope="col">{t('people.name')}</th>
            <th scope="col">{t('people.state')}</th>
            <th scope="col">{t('people.since')}</th>
            <th scope="col">{t('people.phone')}</th>
          </tr>
        </thead>
        <tbody>
          {roll.people.map((person) => (
            <PersonLine key={person.id} person={person} />
          ))}
        </tbody>
      </table>
      <div className="steps">
        {forms
          .filter(([, may]) => may)
          .map(([name]) => (
            <button
              key={name}
              type="button"
              className={`button small${form === name ? ' primary' : ''}`}
              aria-expanded={form === name}
              onClick={() => setForm(form === name ? null : name)}
            >
              {t(`people.act.${name}`)}
            </button>
          ))}
      </div>
      {form === 'check' && (
        <CheckForm roll={roll} stage={assignment ? stageAt(assignment.status) : 'home'} done={close} />
      )}
      {form === 'answer' && <AnswerForm roll={roll} done={close} />}
      {form === 'hold' && <HoldForm roll={roll} done={close} />}
      {form === 'settle' && <SettleForm roll={roll} done={close} />}
    </div>
  );
}

function PersonLine({ person }: { person: RollPersonDto }) {
  const { name, position, state, outcome, words, phone } = person;
  return (
    <tr className={state === 'missing' ? 'people-missing' : ''}>
      <th scope="row">
        {name} {position !== 'member' && <span className="quiet">{t(`people.position.${position}`)}</span>}
      </th>
      <td>
        {t(`people.state.${state}`)}
        {outcome && ` · ${t(`people.outcome.${outcome}`)}`}
        {words && <span className="quiet"> {words}</span>}
      </td>
      <td className="numeric">{hourMinute(person.since)}</td>
      <td className="numeric">{phone && <a href={`tel:${phone}`}>{phone}</a>}</td>
    </tr>
  );
}
