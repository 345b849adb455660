import { type FormEvent, useState } from 'react';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import type { TogetherDto } from '../../../src/suggestions/together/together.dto.js';
import { useCommand } from '../api/use-command.js';
import { go, useRoute } from '../app/routes.js';
import { desk as deskState } from '../desk/desk-state.js';
import { useDesks } from '../duty/desks.js';
import { t } from '../i18n/i18n.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField } from '../parts/TextField.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import '../reports/reports.css';
import './messages.js';
import './together.css';
import { TogetherAnswer } from './TogetherAnswer.js';

const DUTY = ['dutyOfficer', 'dutyLead'] as const;

/** Teams of all open incidents together (队伍统筹): advice for a duty desk. `#/together/<society>` */
export default function TogetherPage() {
  const { parts } = useRoute();
  const desks = useDesks(DUTY);
  const desk = desks.find(({ id }) => id === parts[0]) ?? desks[0];
  return (
    <SidePage title={t('together.title')}>
      <div className="page together">
        <p>{t('together.what')}</p>
        {desks.length > 1 && (
          <SelectField
            label={t('together.society')}
            value={desk?.id ?? ''}
            set={(id) => go(`together/${id}`)}
            options={desks.map(({ id, name }) => ({ value: id, words: name }))}
          />
        )}
        {desk ? <Question key={desk.id} society={desk} /> : <p className="notice">{t('together.not-yours')}</p>}
      </div>
    </SidePage>
  );
}

/** Asked at a press: the answer is of that moment and is kept nowhere. */
function Question({ society }: { society: SocietyDto }) {
  const { busy, problem, send } = useCommand();
  const [answer, setAnswer] = useState<TogetherDto | null>(null);
  const exercise = deskState.use((state) => state.exercise);
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    const plan = await send<TogetherDto>('/suggestions/teams-together', { societyId: society.id, exercise });
    if (plan) setAnswer(plan);
  };
  return (
    <>
      <form onSubmit={(event) => void ask(event)}>
        <Refusal problem={problem} />
        <Submit label={t('together.ask')} look="primary" busy={busy} lacks={null} />
      </form>
      {answer && <TogetherAnswer answer={answer} />}
    </>
  );
}
