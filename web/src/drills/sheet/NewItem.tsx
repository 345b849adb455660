import { useState } from 'react';
import type { FormEvent } from 'react';
import { type Aspect, ASPECTS } from '../../../../src/drills/sheet/sheet.dto.js';
import { useCommand } from '../../api/use-command.js';
import { t } from '../../i18n/i18n.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';

/** A further item, of this drill alone. */
export function NewItem({ drillId, done }: { drillId: string; done: () => void }) {
  const [aspect, setAspect] = useState<string>(ASPECTS[0] satisfies Aspect);
  const [words, setWords] = useState('');
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(`/drills/${drillId}/sheet/items`, { aspect, words: words.trim() }))) return;
    setWords('');
    done();
  };
  return (
    <details>
      <summary>{t('drills.new-item')}</summary>
      <form className="keeper-form" onSubmit={(event) => void submit(event)} noValidate>
        <div className="form-grid">
          <SelectField
            label={t('drills.column-aspect')}
            value={aspect}
            set={setAspect}
            options={ASPECTS.map((each) => ({ value: each, words: t(`drill-aspect.${each}`) }))}
          />
          <TextField label={t('drills.item-words')} value={words} set={setWords} required />
        </div>
        <Refusal problem={problem} />
        <Submit
          label={t('drills.add-item')}
          busy={busy}
          lacks={words.trim() === '' ? t('drills.item-words-missing') : null}
          look="plain"
        />
      </form>
    </details>
  );
}
