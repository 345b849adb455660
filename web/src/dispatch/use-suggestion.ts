import { useCallback, useEffect, useState } from 'react';
import type { SuggestionDto } from '../../../src/suggestions/suggestions.dto.js';
import { get, problemOf, request } from '../api/http.js';
import type { ProblemError } from '../api/http.js';
import { newId } from '../api/ids.js';
import { useLive } from '../live/hooks.js';
import type { Binding } from './Insight.js';

const POLL_MS = 1200;
const OPEN = new Set(['queued', 'solving']);

type Asked = { id: string; row: SuggestionDto | null } | null;
/** Ours while it is awaited; afterwards the newest, whoever asked for it. */
function latest(asked: Asked, held: SuggestionDto | null): SuggestionDto | null {
  if (!asked || held?.id === asked.id) return held;
  if (!asked.row || !held) return asked.row;
  return held.requestedAt > asked.row.requestedAt ? held : asked.row;
}

/**
 * The latest proposal for an incident. One is asked for when there is none; live changes bring its progress, and a slow
 * poll stands in for them.
 */
export function useSuggestion(incidentId: string): {
  suggestion: SuggestionDto | null;
  problem: ProblemError | null;
  ask: (binding?: Binding) => void;
} {
  const held = useLive(
    ['suggestion'],
    (store) => store.rows('suggestion').filter((row) => row.incidentId === incidentId).sort((a, b) => b.requestedAt.localeCompare(a.requestedAt))[0] ?? null, // prettier-ignore
    [incidentId],
  );
  const [asked, setAsked] = useState<Asked>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const ask = useCallback(
    (binding: Binding = {}) => {
      const id = newId();
      setProblem(null);
      setAsked({ id, row: null });
      request<{ id: string }>('POST', `/incidents/${incidentId}/suggestions`, { body: { id, ...binding }, key: id })
        .then((answer) => setAsked({ id: answer.id, row: null }))
        .catch((error: unknown) => setProblem(problemOf(error)));
    },
    [incidentId],
  );
  useEffect(() => {
    if (held === null && asked === null) ask();
  }, [held, asked, ask]);
  const row = latest(asked, held);
  const waiting = asked !== null && problem === null && (row === null || OPEN.has(row.status));
  const askedId = asked?.id;
  useEffect(() => {
    if (!waiting || !askedId) return;
    const timer = window.setInterval(() => {
      get<SuggestionDto>(`/suggestions/${askedId}`)
        .then((answer) => setAsked((before) => (before?.id === askedId ? { id: askedId, row: answer } : before)))
        .catch(() => undefined);
    }, POLL_MS);
    return () => window.clearInterval(timer);
  }, [waiting, askedId]);
  return { suggestion: row, problem, ask };
}
