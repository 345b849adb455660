import { useState } from 'react';
import type { FormEvent } from 'react';
import type { IncidentDto } from '../../../../src/incidents/incidents.dto.js';
import type { ResponseLevel } from '../../../../src/incidents/response/plans.dto.js';
import type { ProposalDto, ResponseDto } from '../../../../src/incidents/response/responses.dto.js';
import { useCommand } from '../../api/use-command.js';
import { t } from '../../i18n/i18n.js';
import { live } from '../../live/live.js';
import { Busy } from '../../parts/Busy.js';
import { Dialog } from '../../parts/Dialog.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { Difference } from './Difference.js';
import { stepTo } from './level-step.rules.js';

type Props = {
  incident: IncidentDto;
  proposal: ProposalDto;
  to: ResponseLevel | null;
  neighbour: boolean;
  close: () => void;
};
const EMPTY = { reason: '', decidedBy: '', documentNo: '', expectedUntil: '' };
const OFFSET = '+08:00';

/** The difference before it is signed, and the signature: reason, who decided, document, how long it is expected to last. */
export function LevelDialog({ incident, proposal, to, neighbour, close }: Props) {
  const [draft, setDraft] = useState(EMPTY);
  const { busy, problem, send } = useCommand();
  const step = stepTo(proposal.current, to);
  const words = t(`response-act.${step}`, { level: to ? t(`response-level.${to}`) : '' });
  const difference = proposal.differences.find((each) => each.to === to);
  const society = live.store.row('society', proposal.societyId);
  const set = (part: Partial<typeof EMPTY>) => setDraft({ ...draft, ...part });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const signed = signedOf(draft, neighbour);
    const base = `/incidents/${incident.id}/activations`;
    const version = live.store.row('response', proposal.responseId)?.version;
    const done =
      step === 'approve'
        ? await send<ResponseDto>(base, {
            planVersionId: proposal.planVersionId, societyId: proposal.societyId, level: to, ...signed,
          }) // prettier-ignore
        : await send<ResponseDto>(`${base}/${proposal.responseId}/${step}`, {
            version, ...(to ? { level: to } : {}), ...signed,
          }); // prettier-ignore
    if (!done) return;
    say(t('said.response', { society: society?.shortName ?? '', act: words }));
    close();
  };
  return (
    <Dialog title={`${society?.shortName ?? ''} · ${words}`} close={close} className="level-dialog">
      <form className="form-body" onSubmit={(event) => void submit(event)}>
        <p>{incident.title}</p>
        <div className="difference-scroll" tabIndex={0} role="group" aria-label={t('difference.title')}>
          {difference && <Difference {...difference} incidentId={incident.id} />}
        </div>
        <TextField label={t('response.reason')} value={draft.reason} set={(reason) => set({ reason })} required focus />
        <Signature draft={draft} set={set} withEnd={step !== 'end'} />
        <Refusal problem={problem} />
        <button
          type="submit"
          className="button primary big"
          data-tour="level-sign"
          disabled={busy || draft.reason.trim() === ''}
        >
          {words}
          {busy && <Busy />}
        </button>
      </form>
    </Dialog>
  );
}

type SignatureProps = { draft: typeof EMPTY; set: (part: Partial<typeof EMPTY>) => void; withEnd: boolean };

/** Who decided, under which document, and how long it is expected to last. */
function Signature({ draft, set, withEnd }: SignatureProps) {
  return (
    <>
      <div className="pair">
        <TextField
          label={t('response.decided-by')}
          hint={t('response.decided-by-hint')}
          maxLength={80}
          value={draft.decidedBy}
          set={(decidedBy) => set({ decidedBy })}
        />
        <TextField
          label={t('response.document-no')}
          maxLength={80}
          value={draft.documentNo}
          set={(documentNo) => set({ documentNo })}
        />
      </div>
      {withEnd && (
        <TextField
          label={t('response.expected-until')}
          type="datetime-local"
          value={draft.expectedUntil}
          set={(expectedUntil) => set({ expectedUntil })}
        />
      )}
    </>
  );
}

/** Only what was filled in goes on the wire; the moment is desk time. */
function signedOf(draft: typeof EMPTY, neighbour: boolean) {
  const { reason, decidedBy, documentNo, expectedUntil } = draft;
  return {
    reason: reason.trim(),
    ...(decidedBy.trim() ? { decidedBy: decidedBy.trim() } : {}),
    ...(documentNo.trim() ? { documentNo: documentNo.trim() } : {}),
    ...(expectedUntil ? { expectedUntil: new Date(`${expectedUntil}:00${OFFSET}`).toISOString() } : {}),
    facts: neighbour ? { neighbourAlsoHit: true } : {},
  };
}
