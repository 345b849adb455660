import { useState } from 'react';
import type { MissionDto } from '../../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { useCommand } from '../api/use-command.js';
import { currentRoute, go } from '../app/routes.js';
import { t } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { say } from '../parts/toast.js';
import { acceptedIndexes, isChosen, toggleLine } from './choice.rules.js';
import type { Choice } from './choice.rules.js';
import type { Binding } from './Insight.js';
import { EMPTY_MANUAL, isEmpty, manualMission } from './manual.rules.js';
import type { Manual } from './manual.rules.js';
import { useSuggestion } from './use-suggestion.js';

export type Order = ReturnType<typeof useOrder>;

/** What the officer is about to send: lines of the proposal, or a choice by hand. Sending is all or nothing. */
export function useOrder(incident: IncidentDto) {
  const { suggestion, problem: askProblem, ask } = useSuggestion(incident.id);
  const { busy, problem, send, clear } = useCommand();
  const [mode, setMode] = useState<'proposal' | 'manual'>('proposal');
  const [picked, setPicked] = useState<{ of: string; choice: Choice } | null>(null);
  const [manual, setManual] = useState<Manual>(EMPTY_MANUAL);
  const choice = picked && picked.of === suggestion?.id ? picked.choice : null;
  const proposed = suggestion?.status === 'proposed' ? suggestion : null;
  const chosen = proposed ? proposed.lines.filter((_, index) => isChosen(choice, index)) : [];
  const nothing = mode === 'manual' ? isEmpty(manual) : chosen.length === 0;
  const toggle = (index: number) => {
    if (!suggestion) return;
    clear();
    setPicked({ of: suggestion.id, choice: toggleLine(choice, index) });
  };
  const refresh = () => {
    clear();
    ask();
  };
  const bind = (binding: Binding) => {
    clear();
    ask(binding);
  };
  const sendProposal = async () => {
    if (!proposed) return null;
    const lineIndexes = acceptedIndexes(choice, proposed.lines);
    const body = { version: proposed.version, ...(lineIndexes ? { lineIndexes } : {}) };
    return send<MissionDto>(`/suggestions/${proposed.id}/accept`, body);
  };
  const confirm = async () => {
    if (busy || nothing) return;
    const here = currentRoute();
    const byHand = () => send<MissionDto>(`/incidents/${incident.id}/missions`, manualMission(manual));
    const done = mode === 'manual' ? await byHand() : await sendProposal();
    if (!done) return void live.fetchPicture();
    say(t('said.dispatched', { title: incident.title, number: done.number ?? '' }));
    if (currentRoute() === here) go(`incidents/${incident.id}`); // whoever has gone elsewhere meanwhile is not fetched back
  };
  return {
    suggestion,
    askProblem,
    mode,
    setMode,
    choice,
    manual,
    setManual,
    proposed,
    chosen,
    nothing,
    busy,
    problem,
    toggle,
    refresh,
    bind,
    confirm,
  };
}
