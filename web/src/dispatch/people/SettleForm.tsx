import { useState } from 'react';
import type { Outcome, RollDto } from '../../../../src/dispatch/accountability/roll.dto.js';
import { OUTCOMES } from '../../../../src/dispatch/accountability/roll.dto.js';
import { useCommand } from '../../api/use-command.js';
import { t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { isLost, missingOf } from './people.rules.js';

type Told = { outcome: Outcome | ''; words: string };
const NOTHING: Told = { outcome: '', words: '' };

/** What became of each person who is not accounted for, in the words of a duty lead or supervisor, who answers for them. */
export function SettleForm({ roll, done }: { roll: RollDto; done: () => void }) {
  const [told, setTold] = useState<Record<string, Told>>({});
  const [unnamed, setUnnamed] = useState('');
  const { busy, problem, send } = useCommand();
  const people = Object.entries(told).flatMap(([personId, { outcome, words }]) =>
    outcome !== '' && words.trim() !== '' ? [{ personId, outcome, words: words.trim() }] : [],
  );
  const others = unnamed.trim() === '' ? {} : { unnamed: { words: unnamed.trim() } };
  const settle = async () => {
    if (!(await send(`/assignments/${roll.id}/roll/settle`, { people, ...others }))) return;
    say(t('people.settle-done', { unit: roll.unitCode }));
    done();
  };
  const nobody = people.length === 0 && unnamed.trim() === '';
  return (
    <form
      className="people-form"
      onSubmit={(event) => {
        event.preventDefault();
        void settle();
      }}
    >
      <p className="quiet">{t('people.settle-hint')}</p>
      {[...missingOf(roll), ...roll.people.filter((person) => isLost(person) && person.state !== 'missing')].map(
        ({ id, name }) => {
          const held = told[id] ?? NOTHING;
          const set = (more: Partial<Told>) => setTold({ ...told, [id]: { ...held, ...more } });
          return (
            <div key={id} className="people-row">
              <SelectField
                label={name}
                value={held.outcome}
                none={t('people.outcome.none')}
                set={(value) => set({ outcome: value as Told['outcome'] })}
                options={OUTCOMES.map((value) => ({ value, words: t(`people.outcome.${value}`) }))}
              />
              <TextField label={t('people.settle-words')} value={held.words} set={(words) => set({ words })} />
            </div>
          );
        },
      )}
      {roll.unnamed > 0 && (
        <TextField label={t('people.settle-unnamed', { count: roll.unnamed })} value={unnamed} set={setUnnamed} />
      )}
      <Refusal problem={problem} />
      <Submit
        look="primary"
        label={t('people.settle-send')}
        busy={busy}
        lacks={nobody ? t('people.settle-lacks') : null}
      />
    </form>
  );
}
