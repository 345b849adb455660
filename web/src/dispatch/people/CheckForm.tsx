import { useState } from 'react';
import type { RollDto, Stage } from '../../../../src/dispatch/accountability/roll.dto.js';
import { STAGES } from '../../../../src/dispatch/accountability/roll.dto.js';
import { useCommand } from '../../api/use-command.js';
import { t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { type Choice, choicesOf, isLost, spoken } from './people.rules.js';
import { useVoice } from './VoiceFields.js';

type Props = { roll: RollDto; stage: Stage; done: () => void };

/** A check by name, entered by the desk in the words of the unit. Who is not named stays as he is. */
export function CheckForm({ roll, stage: usual, done }: Props) {
  const [stage, setStage] = useState<Stage>(usual);
  const [chosen, setChosen] = useState<Record<string, Choice>>({});
  const [newcomer, setNewcomer] = useState('');
  const voice = useVoice();
  const { busy, problem, send } = useCommand();
  const people = roll.people.flatMap(({ id }) => {
    const said = spoken(chosen[id] ?? '');
    return said ? [{ personId: id, ...said }] : [];
  });
  const add = newcomer.trim() === '' ? [] : [{ name: newcomer.trim() }];
  const everybody = () => {
    const there = roll.people.filter((person) => isLost(person) && person.state !== 'missing');
    setChosen(Object.fromEntries(there.map(({ id }) => [id, 'present' as const])));
  };
  const check = async () => {
    if (!(await send(`/assignments/${roll.id}/roll/check-ins`, { stage, people, add, ...voice.said }))) return;
    say(t('people.check-done', { unit: roll.unitCode, count: people.length + add.length }));
    done();
  };
  return (
    <form
      className="people-form"
      onSubmit={(event) => {
        event.preventDefault();
        void check();
      }}
    >
      <div className="people-row">
        <SelectField
          label={t('people.stage')}
          value={stage}
          set={(value) => setStage(value as Stage)}
          options={STAGES.map((value) => ({ value, words: t(`people.stage.${value}`) }))}
        />
        <button type="button" className="button" onClick={everybody}>
          {t('people.all-present')}
        </button>
      </div>
      <div className="people-grid">
        <Names
          roll={roll}
          stage={stage}
          chosen={chosen}
          choose={(id, choice) => setChosen({ ...chosen, [id]: choice })}
        />
        <TextField label={t('people.newcomer')} value={newcomer} set={setNewcomer} maxLength={80} />
      </div>
      {voice.fields}
      <Refusal problem={problem} />
      <Submit
        look="primary"
        label={t('people.check-send', { count: people.length + add.length })}
        busy={busy}
        lacks={people.length + add.length === 0 ? t('people.nobody-chosen') : voice.lacks}
      />
    </form>
  );
}

type NamesProps = {
  roll: RollDto;
  stage: Stage;
  chosen: Record<string, Choice>;
  choose: (id: string, choice: Choice) => void;
};
/** Each person with what may be said now; without a choice the state stays. */
function Names({ roll, stage, chosen, choose }: NamesProps) {
  return roll.people.map((person) => (
    <SelectField
      key={person.id}
      label={person.name}
      value={chosen[person.id] ?? ''}
      set={(value) => choose(person.id, value as Choice)}
      options={choicesOf(person, stage).map((value) => ({
        value,
        words: value === '' ? t(`people.state.${person.state}`) : t(`people.choice.${value}`),
      }))}
    />
  ));
}
