import { useEffect, useState } from 'react';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { useCommand } from '../api/use-command.js';
import { useSession } from '../access/session.js';
import { useReady } from '../app/ready.js';
import { go } from '../app/routes.js';
import { actorText } from '../desk/log-text.js';
import { t } from '../i18n/i18n.js';
import { useLive, useRow } from '../live/hooks.js';
import { live } from '../live/live.js';
import { Coverage } from '../incidents/Overview.js';
import { Busy } from '../parts/Busy.js';
import { Dialog } from '../parts/Dialog.js';
import { SeverityChip } from '../parts/marks.js';
import { Refusal } from '../parts/Refusal.js';
import { Tabs } from '../parts/Tabs.js';
import { meansOldPicture, numbered } from './choice.rules.js';
import { ManualChoice } from './ManualChoice.js';
import { MessagePreview } from './MessagePreview.js';
import { Proposal } from './Proposal.js';
import { useOrder } from './use-order.js';
import type { Order } from './use-order.js';

/** Needs, ranked proposal, message, one confirm (S4). `1` and Enter send the best; Enter alone sends the whole proposal. */
export default function DispatchDialog({ incidentId }: { incidentId: string }) {
  const incident = useRow('incident', incidentId);
  if (!incident) return null;
  return incident.status === 'reported' ? <VerifyFirst incident={incident} /> : <Dispatch incident={incident} />;
}

function Title({ incident }: { incident: IncidentDto }) {
  return (
    <>
      <SeverityChip severity={incident.severity} /> {t('dispatch.title', { title: incident.title })}
    </>
  );
}

/** Teams go to verified incidents only: one key says so, and the proposal is made for what was verified. */
function VerifyFirst({ incident }: { incident: IncidentDto }) {
  const { busy, problem, send } = useCommand();
  useReady('dispatch', true);
  const verify = () => {
    if (!busy) void send(`/incidents/${incident.id}/verify`, { version: incident.version });
  };
  return (
    <Dialog
      className="small-dialog"
      title={<Title incident={incident} />}
      close={() => go(`incidents/${incident.id}`)}
      keys={{ Enter: verify }}
    >
      <div className="form-body">
        <p>{t('dispatch.verify-first')}</p>
        <Refusal problem={problem} />
        <button type="button" className="button primary big" disabled={busy} onClick={verify}>
          {t('dispatch.verify')} <kbd>Enter</kbd>
        </button>
      </div>
    </Dialog>
  );
}

function Dispatch({ incident }: { incident: IncidentDto }) {
  const order = useOrder(incident);
  const { mode, choice, suggestion, proposed, refresh, toggle, manual, setManual } = order;
  useReady('dispatch', proposed !== null || suggestion?.status === 'failed' || order.askProblem !== null);
  const armed = useArmed(mode === 'proposal' ? (proposed?.id ?? null) : mode);
  const teams = numbered(proposed?.lines ?? []).teams;
  const digits = Object.fromEntries(teams.slice(0, 9).map(({ index }, at) => [String(at + 1), () => toggle(index)]));
  const proposal = () => (
    <Proposal
      incident={incident}
      suggestion={suggestion}
      problem={order.askProblem}
      choice={choice}
      toggle={toggle}
      refresh={refresh}
      bind={order.bind}
    />
  );
  const byHand = () => <ManualChoice incident={incident} manual={manual} change={setManual} />;
  return (
    <Dialog
      className="dispatch-dialog"
      close={() => go(`incidents/${incident.id}`)}
      keys={{ ...(mode === 'proposal' ? digits : {}), Enter: () => armed && void order.confirm() }}
      title={<Title incident={incident} />}
    >
      <div className="dispatch">
        <section className="dispatch-needs">
          <h3>{t('dispatch.needs')}</h3>
          <Coverage incident={incident} />
          <p className="what">{incident.whatHappened}</p>
        </section>
        <section className="dispatch-lines">
          <SentMeanwhile incidentId={incident.id} />
          <Tabs
            label={t('dispatch.ways')}
            open={mode}
            choose={(key) => order.setMode(key as typeof mode)}
            tabs={[
              { key: 'proposal', label: t('dispatch.proposal'), panel: proposal },
              { key: 'manual', label: t('dispatch.manual'), panel: byHand },
            ]}
          />
        </section>
        <Confirm incident={incident} order={order} armed={armed} />
      </div>
    </Dialog>
  );
}

/** A colleague has sent while this dialog was open: else the needs would only change as if by themselves. */
function SentMeanwhile({ incidentId }: { incidentId: string }) {
  const [since] = useState(() => live.store.log.at(-1)?.seq ?? 0);
  const me = useSession().actor?.name;
  const sent = useLive(
    ['log'],
    (store) =>
      store.log.findLast(
        (change) =>
          change.seq > since &&
          change.subject === 'mission' &&
          change.incidentId === incidentId &&
          change.actorName !== me,
      ) ?? null,
    [since, incidentId, me],
  );
  if (!sent) return null;
  return (
    <p className="notice warning" role="status" data-sent-meanwhile>
      {t('dispatch.sent-meanwhile', { who: actorText(sent.actorName), number: String(sent.data.number ?? '') })}
    </p>
  );
}

/** What will be seen by whom, what was refused, and the one button that sends. */
function Confirm({ incident, order, armed }: { incident: IncidentDto; order: Order; armed: boolean }) {
  const { mode, choice, chosen, manual, busy, problem } = order;
  const units =
    mode === 'manual'
      ? manual.unitIds.map((unitId) => ({ unitId }))
      : chosen.flatMap((line) => (line.kind === 'team' ? [line] : []));
  const warehouseIds =
    mode === 'manual'
      ? manual.supplies.map((line) => line.warehouseId)
      : chosen.flatMap((line) => (line.kind === 'supply' ? [line.warehouseId] : []));
  return (
    <section className="dispatch-confirm">
      <h3>{t('dispatch.message')}</h3>
      <MessagePreview
        incident={incident}
        message={mode === 'manual' ? manual.message : ''}
        units={units}
        warehouseIds={warehouseIds}
      />
      <Refusal problem={problem} />
      {problem && meansOldPicture(problem.code) && (
        <button type="button" className="button" onClick={order.refresh}>
          {t('dispatch.refresh')}
        </button>
      )}
      <button
        type="button"
        className="button primary big"
        data-tour="dispatch-send"
        disabled={busy || order.nothing}
        onClick={() => void order.confirm()}
      >
        {t(mode === 'proposal' && choice === null ? 'dispatch.confirm-all' : 'dispatch.confirm')}{' '}
        {busy ? <Busy /> : <kbd data-armed={armed}>Enter</kbd>}
      </button>
      <p className="quiet">{t('dispatch.keys')}</p>
    </section>
  );
}

const ARM_MS = 500;
/** Enter counts only for what has been on screen for a moment: a second press of the former Enter must not send teams. */
function useArmed(shown: string | null): boolean {
  const [armedFor, setArmedFor] = useState<string | null>(null);
  useEffect(() => {
    const timer = window.setTimeout(() => setArmedFor(shown), ARM_MS);
    return () => window.clearTimeout(timer);
  }, [shown]);
  return shown !== null && armedFor === shown;
}
