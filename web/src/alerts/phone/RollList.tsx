import { useState } from 'react';
import type { AssignmentStatus } from '../../../../src/dispatch/dispatch.dto.js';
import type { RollDto, RollPersonDto, Stage } from '../../../../src/dispatch/accountability/roll.dto.js';
import { type Choice, choicesOf, isLost, missingOf, spoken, stageAt } from '../../dispatch/people/people.rules.js';
import { t } from '../../i18n/i18n.js';
import { serverNow } from '../../live/clock.js';
import { send, useSendings } from './outbox.js';
import { Sent } from './Sent.js';
import { useRest } from './ParCard.js';

/** Statuses in which the names are counted now: the list is open without being asked for. */
const COUNTED_NOW: readonly AssignmentStatus[] = ['assembling', 'released', 'returning', 'closed', 'withdrawn'];

type Props = { roll: RollDto; status: AssignmentStatus };

/** The people of the unit by name, checked where it stands now. */
export function RollList({ roll, status }: Props) {
  const [open, setOpen] = useState(COUNTED_NOW.includes(status));
  const { counts } = roll;
  const missing = missingOf(roll);
  return (
    <section className="roll" aria-label={t('phone.roll.title')}>
      <p className="quiet numeric">
        {t('phone.roll.counts', {
          out: counts.out,
          scene: counts.onScene,
          returning: counts.returning,
          back: counts.back,
        })}
      </p>
      {missing.length > 0 && (
        <p className="state refused">
          {t('phone.roll.missing', { count: missing.length, names: missing.map(({ name }) => name).join('、') })}
        </p>
      )}
      <Sent about={`roll/${roll.id}`} />
      <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('phone.roll.open', { count: roll.people.length })}
      </button>
      {open && <Check key={stageAt(status)} roll={roll} stage={stageAt(status)} close={() => setOpen(false)} />}
    </section>
  );
}

function Check({ roll, stage, close }: { roll: RollDto; stage: Stage; close: () => void }) {
  const [chosen, setChosen] = useState<Record<string, Choice>>({});
  const [added, setAdded] = useState<string[]>([]);
  const about = `roll/${roll.id}`;
  const sendings = useSendings(about);
  const resting = useRest(sendings.at(-1)?.writtenAtMs ?? 0);
  // Everybody who should be here is taken as here until the leader says otherwise of him by name.
  const choiceOf = (person: RollPersonDto): Choice =>
    chosen[person.id] ?? (isLost(person) && person.state !== 'missing' ? 'present' : '');
  const people = roll.people.flatMap((person) => {
    const said = spoken(choiceOf(person));
    return said ? [{ personId: person.id, ...said }] : [];
  });
  const present = people.filter(({ mark }) => mark === 'present').length + added.length;
  const check = () => {
    const at = new Date(serverNow()).toISOString();
    const add = added.map((name) => ({ name }));
    send(about, `/assignments/${roll.id}/roll/check-ins`, { stage, people, add, occurredAt: at, recordedAt: at });
    setChosen({});
    setAdded([]);
    close();
  };
  return (
    <fieldset className="roll-list">
      <legend>
        {t(`phone.roll.stage.${stage}`)} <span className="quiet">{t('phone.roll.hint')}</span>
      </legend>
      {roll.people.map((person) => (
        <NameButton
          key={person.id}
          person={person}
          stage={stage}
          choice={choiceOf(person)}
          choose={(choice) => setChosen({ ...chosen, [person.id]: choice })}
        />
      ))}
      {added.map((name) => (
        <p key={name} className="roll-name">
          <span aria-hidden="true">＋</span> {name}
        </p>
      ))}
      <Newcomer add={(name) => setAdded([...added.filter((one) => one !== name), name])} />
      <button
        type="button"
        className="button next"
        disabled={resting || people.length + added.length === 0}
        onClick={check}
      >
        {t('phone.roll.send', { present, others: people.length + added.length - present })}
      </button>
    </fieldset>
  );
}

const SIGNS: Partial<Record<Choice, string>> = { present: '✓', missing: '✕', staying: '○', coming: '✓' };

type NameProps = { person: RollPersonDto; stage: Stage; choice: Choice; choose: (choice: Choice) => void };
/** One tap goes on to the next thing that may be said of a person. */
function NameButton({ person, stage, choice, choose }: NameProps) {
  const choices = choicesOf(person, stage);
  const next = choices[(choices.indexOf(choice) + 1) % choices.length]!;
  const words = choice === '' ? null : t(`phone.roll.mark.${choice === 'coming' ? 'present' : choice}`);
  return (
    <button
      type="button"
      className={`button roll-name roll-${choice || 'same'}`}
      disabled={choices.length < 2}
      onClick={() => choose(next)}
    >
      <span aria-hidden="true">{choice === '' ? '·' : (SIGNS[choice] ?? '→')}</span> {person.name}
      <span className="quiet">{words ?? stateWords(person)}</span>
    </button>
  );
}

const STATE_MARKS: Partial<Record<RollPersonDto['state'], string>> = {
  missing: 'missing',
  staying: 'staying',
  back: 'present',
};
function stateWords({ state, outcome }: RollPersonDto): string {
  const mark = state === 'left' ? outcome : STATE_MARKS[state];
  return mark ? t(`phone.roll.mark.${mark}`) : t('phone.roll.settled');
}

function Newcomer({ add }: { add: (name: string) => void }) {
  const [name, setName] = useState('');
  return (
    <form
      className="roll-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') add(name.trim());
        setName('');
      }}
    >
      <label>
        <span>{t('phone.roll.add')}</span>
        <input className="input" value={name} maxLength={80} onChange={({ target }) => setName(target.value)} />
      </label>
      <button type="submit" className="button" disabled={name.trim() === ''}>
        {t('phone.roll.add-act')}
      </button>
    </form>
  );
}
