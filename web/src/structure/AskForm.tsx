import { type FormEvent, useState } from 'react';
import type { AdviceAsk } from '../../../src/suggestions/structure/structure.dto.js';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { numberIn } from './figures.rules.js';

const HOURS = [6, 10, 12, 24, 72];
/** As the server's own usual question; named here so that the schema stays out of this chunk. */
const USUAL: AdviceAsk = { withinH: 10, tonneKm: 10_000, moves: 30, fenPerTonneKm: 60, keepMinimum: true };

type Props = { societyId: string; isAtWork: boolean; last: AdviceAsk | null; done: () => void };

/** What may be spent, and what counts as in time. The last question stands in the form, so that one figure can be changed and asked again. */
export function AskForm({ societyId, isAtWork, last, done }: Props) {
  const { busy, problem, send } = useCommand();
  const [own, setOwn] = useState<Partial<Record<keyof AdviceAsk, string>>>({});
  const usual = last ?? USUAL;
  const text = (key: 'withinH' | 'tonneKm' | 'moves'): string => own[key] ?? String(usual[key]);
  const price = own.fenPerTonneKm ?? (usual.fenPerTonneKm / 100).toFixed(2);
  const keep = own.keepMinimum === undefined ? usual.keepMinimum : own.keepMinimum === 'yes';
  const set = (key: keyof AdviceAsk) => (value: string) => setOwn((held) => ({ ...held, [key]: value }));
  const asked = {
    tonneKm: numberIn(text('tonneKm'), 1, 1_000_000),
    moves: numberIn(text('moves'), 1, 100),
    yuan: numberIn(price, 0, 1000),
  };
  const lacks = Object.entries(asked).find(([, value]) => value === null)?.[0];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { tonneKm, moves, yuan } = asked;
    if (tonneKm === null || moves === null || yuan === null) return;
    const ask = {
      withinH: Number(text('withinH')),
      tonneKm,
      moves,
      fenPerTonneKm: Math.round(yuan * 100),
      keepMinimum: keep,
    };
    if (!(await send('/structure/advice', { societyId, ...ask }))) return;
    say(t('structure.asked-now'));
    done();
  };
  return (
    <form className="structure-ask" onSubmit={(event) => void submit(event)}>
      <SelectField
        label={t('structure.within')}
        value={text('withinH')}
        set={set('withinH')}
        options={HOURS.map((hours) => ({ value: String(hours), words: t('structure.hours', { hours }) }))}
      />
      <TextField label={t('structure.tonne-km')} type="units" value={text('tonneKm')} set={set('tonneKm')} required />
      <TextField label={t('structure.moves-most')} type="units" value={text('moves')} set={set('moves')} required />
      <TextField label={t('structure.price')} value={price} set={set('fenPerTonneKm')} maxLength={8} required />
      <SelectField
        label={t('structure.minimum')}
        value={keep ? 'yes' : 'no'}
        set={set('keepMinimum')}
        options={['yes', 'no'].map((value) => ({ value, words: t(`structure.minimum-${value}`) }))}
      />
      <div className="structure-ask-act">
        <Refusal problem={problem} />
        <Submit
          label={t('structure.ask')}
          look="primary"
          busy={busy}
          lacks={isAtWork ? t('structure.wait') : lacks ? t(`structure.lacks.${lacks}`) : null}
        />
      </div>
    </form>
  );
}
