import { useState } from 'react';
import type { FormEvent } from 'react';
import type { SocietyDto } from '../../../../src/access/access.dto.js';
import type { HandoverDto, HandoverHeadDto, MattersDto } from '../../../../src/dispatch/handover/handover.dto.js';
import type { RosterDto } from '../../../../src/duty/duty.dto.js';
import { query } from '../../api/http.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { go } from '../../app/routes.js';
import { useSession } from '../../access/session.js';
import { stamp } from '../../i18n/format.js';
import { t } from '../../i18n/i18n.js';
import { useCoarseNow } from '../../live/clock.js';
import { useChanged } from '../../live/use-changed.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { SelectField, TextField } from '../../parts/TextField.js';
import { PaperList, PaperRow } from '../../relief-stock/parts/PaperList.js';
import { useMyDesks } from '../desks.js';
import { Matters } from './Matters.js';

const UNDER_WAY = new Set<HandoverHeadDto['state']>(['drawn', 'taken']);

/** The hand-overs of a desk: the one under way, what would be handed over now, and those that were signed. */
export function Handovers({ desk }: { desk: SocietyDto }) {
  const changed = useChanged('handover');
  const mayHandOver = useMyDesks().some(({ id }) => id === desk.id);
  const held = useFetched<{ items: HandoverHeadDto[] }>(
    `/handovers${query({ societyId: desk.id, limit: 50 })}`,
    changed,
  );
  const open = held.data?.items.some(({ state }) => UNDER_WAY.has(state)) ?? true;
  return (
    <>
      {mayHandOver && held.data && !open && <DrawForm desk={desk} />}
      <PaperList
        of={held}
        empty={t('handover.none')}
        sections={(rows) => [
          { title: t('handover.under-way'), rows: rows.filter(({ state }) => UNDER_WAY.has(state)) },
          { title: t('handover.past'), rows: rows.filter(({ state }) => !UNDER_WAY.has(state)) },
        ]}
        row={(row) => (
          <PaperRow
            href={`#/duty/handover/${row.id}`}
            title={row.number}
            aside={stamp(row.completedAt ?? row.drawnAt)}
            state={t(`handover.state.${row.state}`)}
            detail={t('handover.from-to', {
              from: row.fromName,
              to: row.toName ?? row.expectedName ?? t('handover.anybody'),
            })}
          />
        )}
      />
    </>
  );
}

/** What is open now, and the words of who goes: together they become the document. */
function DrawForm({ desk }: { desk: SocietyDto }) {
  const { actor } = useSession();
  const minute = useCoarseNow(15);
  const changed = useChanged('incident', 'alert', 'task', 'reply', 'chain-fault', 'help-call', 'roll');
  const open = useFetched<MattersDto>(`/handovers/matters${query({ societyId: desk.id })}`, `${changed} ${minute}`);
  const { data: roster } = useFetched<RosterDto>(`/duty/roster${query({ societyId: desk.id, days: 1 })}`);
  const [words, setWords] = useState('');
  const [expectedId, setExpectedId] = useState('');
  const { busy, problem, send } = useCommand();
  const colleagues = (roster?.people ?? []).filter(({ userId }) => userId !== actor?.userId);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { societyId: desk.id, words: words.trim(), ...(expectedId ? { expectedId } : {}) };
    const drawn = await send<HandoverDto>('/handovers', body);
    if (drawn) go(`duty/handover/${drawn.id}`);
  };
  return (
    <form className="keeper-form" onSubmit={(event) => void submit(event)}>
      <h2>{t('handover.draw')}</h2>
      <Refusal problem={open.problem} />
      {open.data && (
        <>
          <p>{t('handover.open-now', { count: open.data.items.length })}</p>
          <Matters items={open.data.items} />
        </>
      )}
      <div className="form-grid">
        <TextField label={t('handover.words')} hint={t('handover.words-hint')} value={words} set={setWords} />
        <SelectField
          label={t('handover.to')}
          value={expectedId}
          set={setExpectedId}
          none={t('handover.by-roster')}
          options={colleagues.map(({ userId, name }) => ({ value: userId, words: name }))}
        />
      </div>
      <Refusal problem={problem} />
      <Submit label={t('handover.draw-act')} busy={busy} look="primary" mark="hand-over" />
    </form>
  );
}
