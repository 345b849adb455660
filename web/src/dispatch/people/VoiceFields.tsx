import { useState } from 'react';
import { SAID_BY } from '../../../../src/dispatch/accountability/roll.dto.js';
import { t } from '../../i18n/i18n.js';
import { SelectField, TextField } from '../../parts/TextField.js';

type SaidBy = (typeof SAID_BY)[number];
export type Voice = { channel: SaidBy; words: string };

/** How the words of a unit came to the desk, and what they were. */
export function useVoice() {
  const [channel, setChannel] = useState<SaidBy>('phone');
  const [words, setWords] = useState('');
  const fields = (
    <div className="people-row">
      <SelectField
        label={t('people.channel')}
        value={channel}
        set={(value) => setChannel(value as SaidBy)}
        options={SAID_BY.map((value) => ({ value, words: t(`people.channel.${value}`) }))}
      />
      <TextField label={t('people.words')} value={words} set={setWords} required />
    </div>
  );
  return { fields, said: { channel, words: words.trim() }, lacks: words.trim() === '' ? t('people.words-lack') : null };
}
