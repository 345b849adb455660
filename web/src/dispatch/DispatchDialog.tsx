import { useEffect, useRef, useState } from 'react';
import type { MissionDto } from '../../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { useCommand } from '../api/use-command.js';
import { useReady } from '../app/ready.js';
import { go } from '../app/routes.js';
import { t } from '../i18n/i18n.js';
import { useRow } from '../live/hooks.js';
import { live } from '../live/live.js';
import { Coverage } from '../incidents/Overview.js';
import { Dialog } from '../parts/Dialog.js';
import { SeverityChip } from '../parts/marks.js';
import { Refusal } from '../parts/Refusal.js';
import { Tabs } from '../parts/Tabs.js';
import { say } from '../parts/toast.js';
import { acceptedIndexes, isChosen, meansOldPicture, numbered, toggleLine } from './choice.rules.js';
import type { Choice } from './choice.rules.js';
import { ManualChoice } from './ManualChoice.js';
import { EMPTY_MANUAL, isEmpty, manualMission } from './manual.rules.js';
import type { Manual } from './manual.rules.js';
import { Proposal } from './Proposal.js';
import { useSuggestion } from './use-suggestion.js';

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
  const incidentId = incident.id;
  const { suggestion, problem: askProblem, ask } = useSuggestion(incidentId);
  const { busy, problem, send, clear } = useCommand();
  const [mode, setMode] = useState<'proposal' | 'manual'>('proposal');
  const [picked, setPicked] = useState<{ of: string; choice: Choice } | null>(null);
  const [manual, setManual] = useState<Manual>(EMPTY_MANUAL);
  const choice = picked && picked.of === suggestion?.id ? picked.choice : null;
  const proposed = suggestion?.status === 'proposed' ? suggestion : null;
  useReady('dispatch', suggestion?.status === 'proposed' || suggestion?.status === 'failed' || askProblem !== null);
  const close = () => go(`incidents/${incidentId}`);
  const toggle = (index: number) => {
    if (!suggestion) return;
    clear();
    setPicked({ of: suggestion.id, choice: toggleLine(choice, index) });
  };
  const refresh = () => {
    clear();
    ask();
  };
  const confirm = async () => {
    if (busy) return;
    const done = mode === 'manual' ? await sendManual() : await sendProposal();
    if (!done) return void live.fetchPicture();
    say(t('said.dispatched', { title: incident.title, number: done.number ?? '' }));
    close();
  };
  const sendManual = () => send<MissionDto>(`/incidents/${incidentId}/missions`, manualMission(manual));
  const sendProposal = async () => {
    if (!proposed) return null;
    const lineIndexes = acceptedIndexes(choice, proposed.lines);
    return send<MissionDto>(`/suggestions/${proposed.id}/accept`, {
      version: proposed.version,
      ...(lineIndexes ? { lineIndexes } : {}),
    });
  };
  const armed = useArmed(mode === 'proposal' ? (proposed?.id ?? null) : mode);
  const teams = numbered(proposed?.lines ?? []).teams;
  const digits = Object.fromEntries(teams.slice(0, 9).map(({ index }, at) => [String(at + 1), () => toggle(index)]));
  const chosen = proposed ? proposed.lines.filter((_, index) => isChosen(choice, index)) : [];
  const nothing = mode === 'manual' ? isEmpty(manual) : chosen.length === 0;
  return (
    <Dialog
      className="dispatch-dialog"
      close={close}
      keys={{ ...(mode === 'proposal' ? digits : {}), Enter: () => armed() && void confirm() }}
      title={<Title incident={incident} />}
    >
      <div className="dispatch">
        <section className="dispatch-needs">
          <h3>{t('dispatch.needs')}</h3>
          <Coverage incidentId={incidentId} />
          <p className="what">{incident.whatHappened}</p>
        </section>
        <section className="dispatch-lines">
          <Tabs
            label={t('dispatch.ways')}
            open={mode}
            choose={(key) => setMode(key as typeof mode)}
            tabs={[
              {
                key: 'proposal',
                label: t('dispatch.proposal'),
                panel: () => (
                  <Proposal
                    incident={incident}
                    suggestion={suggestion}
                    problem={askProblem}
                    choice={choice}
                    toggle={toggle}
                    refresh={refresh}
                  />
                ),
              },
              {
                key: 'manual',
                label: t('dispatch.manual'),
                panel: () => <ManualChoice incident={incident} manual={manual} change={setManual} />,
              },
            ]}
          />
        </section>
        <section className="dispatch-confirm">
          <h3>{t('dispatch.message')}</h3>
          <MessagePreview
            incidentId={incidentId}
            message={mode === 'manual' ? manual.message : ''}
            unitIds={
              mode === 'manual' ? manual.unitIds : chosen.flatMap((line) => (line.kind === 'team' ? [line.unitId] : []))
            }
            warehouseIds={
              mode === 'manual'
                ? manual.supplies.map((line) => line.warehouseId)
                : chosen.flatMap((line) => (line.kind === 'supply' ? [line.warehouseId] : []))
            }
          />
          <Refusal problem={problem} />
          {problem && meansOldPicture(problem.code) && (
            <button type="button" className="button" onClick={refresh}>
              {t('dispatch.refresh')}
            </button>
          )}
          <button
            type="button"
            className="button primary big"
            disabled={busy || nothing || (mode === 'proposal' && !proposed)}
            onClick={() => void confirm()}
          >
            {t(mode === 'proposal' && choice === null ? 'dispatch.confirm-all' : 'dispatch.confirm')} <kbd>Enter</kbd>
          </button>
          <p className="quiet">{t('dispatch.keys')}</p>
        </section>
      </div>
    </Dialog>
  );
}

const ARM_MS = 500;
/** Enter counts only for what has been on screen for a moment: a second press of the former Enter must not send teams. */
function useArmed(shown: string | null): () => boolean {
  const since = useRef(0);
  useEffect(() => {
    since.current = performance.now();
  }, [shown]);
  return () => shown !== null && performance.now() - since.current >= ARM_MS;
}

/** What will be sent and to whom, before it is sent. */
function MessagePreview({
  incidentId,
  message,
  unitIds,
  warehouseIds,
}: {
  incidentId: string;
  message: string;
  unitIds: string[];
  warehouseIds: string[];
}) {
  const incident = useRow('incident', incidentId)!;
  const { store } = live;
  const people = unitIds.flatMap((unitId) => {
    const unit = store.row('team-unit', unitId);
    const team = store.row('team', unit?.teamId);
    return team && unit
      ? [
          {
            key: unitId,
            words: `${team.name} ${unit.name}`,
            who: [team.leaderName, team.leaderPhone].filter(Boolean).join(' '),
          },
        ]
      : [];
  });
  const keepers = [...new Set(warehouseIds)].flatMap((warehouseId) => {
    const row = store.row('warehouse', warehouseId);
    return row
      ? [{ key: row.id, words: row.name, who: [row.keeperName, row.keeperPhone].filter(Boolean).join(' ') }]
      : [];
  });
  return (
    <div className="message-preview">
      <blockquote>
        {incident.exercise && t('drill.prefix')}
        {t('dispatch.message-text', {
          severity: t(`severity.${incident.severity}`),
          kind: t(`kind.${incident.kind}`),
          place: incident.placeText,
        })}
        {message.trim() !== '' && <p className="what">{message}</p>}
      </blockquote>
      <h3>{t('dispatch.recipients', { count: people.length + keepers.length })}</h3>
      <ul>
        {[...people, ...keepers].map(({ key, words, who }) => (
          <li key={key}>
            {words} <span className="quiet numeric">{who}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
