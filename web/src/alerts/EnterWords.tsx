import { useState } from 'react';
import type { FormEvent } from 'react';
import type { AlertDto } from '../../../src/alerts/alerts.dto.js';
import type { EnterReply, ReplyDto } from '../../../src/alerts/replies.dto.js';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';

const CHANNELS = ['phone', 'radio', 'wechat', 'in-person', 'sms'] as const satisfies EnterReply['channel'][];

/** What the team said, typed in word for word. Plain words become the answer at once; others come up in the list to be read. */
export function EnterWords({ alert }: { alert: AlertDto }) {
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const [channel, setChannel] = useState<string>('phone');
  const { busy, problem, send, clear } = useCommand();
  const who = alert.waitingFor ?? alert.teamName;
  const close = () => {
    clear();
    setWords('');
    setOpen(false);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await send<ReplyDto>(`/alerts/${alert.id}/replies`, {
      words: words.trim(),
      channel,
      onBehalfOf: who,
    });
    if (!reply) return;
    say(t(reply.state === 'taken' ? 'replies.entered-taken' : 'replies.entered-waits', { who }));
    close();
  };
  if (!open) {
    return (
      <button type="button" className="button small" onClick={() => setOpen(true)}>
        {t('replies.enter')}
      </button>
    );
  }
  return (
    <form className="enter-words" onSubmit={(event) => void submit(event)}>
      <SelectField
        label={t('replies.channel')}
        value={channel}
        set={setChannel}
        options={CHANNELS.map((value) => ({ value, words: t(`reply-channel.${value}`) }))}
      />
      <TextField label={t('replies.words-of', { who })} value={words} set={setWords} required focus />
      <button type="submit" className="button small primary" disabled={busy || words.trim() === ''}>
        {t('act.confirm')}
      </button>
      <button type="button" className="button small bare" onClick={close}>
        {t('act.cancel')}
      </button>
      <Refusal problem={problem} />
    </form>
  );
}
