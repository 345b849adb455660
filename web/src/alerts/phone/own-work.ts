import { useCallback, useEffect, useRef, useState } from 'react';
import type { ActorDto } from '../../../../src/access/access.dto.js';
import type { AlertDto } from '../../../../src/alerts/alerts.dto.js';
import type { RollDto } from '../../../../src/dispatch/accountability/roll.dto.js';
import type { HelpCallDto } from '../../../../src/dispatch/help-calls/help-call.dto.js';
import type { AssignmentDto } from '../../../../src/dispatch/dispatch.dto.js';
import { whenLeaving } from '../../access/session.js';
import { keptAs } from '../../app/world.js';
import { get, problemOf, query } from '../../api/http.js';
import type { ProblemError } from '../../api/http.js';
import { useNews } from './follow.js';
import { useSettledCount } from './outbox.js';

export type OwnWork = {
  alerts: AlertDto[];
  assignments: AssignmentDto[];
  rolls: RollDto[];
  helpCalls: HelpCallDto[];
  readAtMs: number | null;
  problem: ProblemError | null;
};
type Page<T> = { items: T[] };

const LOOK_AGAIN_MS = 30_000;
/** News come in bursts (an answer changes alert and assignment): one reading serves them all. */
const GATHER_MS = 150;

const teamsOf = (actor: ActorDto): string[] => [...new Set(actor.grants.flatMap(({ teamId }) => teamId ?? []))];

type Known = Pick<OwnWork, 'alerts' | 'assignments' | 'rolls' | 'helpCalls'>;
async function read(actor: ActorDto): Promise<Known> {
  const teams = teamsOf(actor);
  const [alerts, assignments, rolls, helpCalls] = await Promise.all([
    get<Page<AlertDto>>(`/alerts${query({ mine: true, open: true })}`),
    Promise.all(teams.map((teamId) => get<Page<AssignmentDto>>(`/assignments${query({ teamId })}`))),
    Promise.all(teams.map((teamId) => get<Page<RollDto>>(`/rolls${query({ teamId, open: true })}`))),
    Promise.all(teams.map((teamId) => get<Page<HelpCallDto>>(`/help-calls${query({ teamId, open: true })}`))),
  ]);
  return {
    alerts: alerts.items.sort((a, b) => Date.parse(b.raisedAt) - Date.parse(a.raisedAt)),
    assignments: assignments.flatMap(({ items }) => items.filter(({ active }) => active)),
    rolls: rolls.flatMap(({ items }) => items),
    helpCalls: helpCalls.flatMap(({ items }) => items),
  };
}

const KEY = keptAs('chiyuan.phone.work');
type Memory = Known & { userId: string; readAtMs: number };
/** What this person had to do when the server was last heard: it stands on the page after a reload without network. */
function remembered(userId: string): Memory | null {
  try {
    const held = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Memory | null;
    return held?.userId === userId ? held : null;
  } catch {
    return null;
  }
}
function remember(memory: Memory): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // Storage that is full or forbidden: the page works as long as it stays open.
  }
}
whenLeaving(() => localStorage.removeItem(KEY));

/** What a leader has to do now: open alerts addressed to them and the running assignments of their teams. */
export function useOwnWork(actor: ActorDto): OwnWork & { reload: () => void } {
  const [work, setWork] = useState<OwnWork>(() => {
    const held = remembered(actor.userId);
    return { alerts: [], assignments: [], rolls: [], helpCalls: [], readAtMs: null, ...held, problem: null };
  });
  const gathering = useRef<number | undefined>(undefined);
  const settled = useSettledCount();
  const look = useCallback(() => {
    window.clearTimeout(gathering.current);
    gathering.current = window.setTimeout(() => {
      read(actor)
        .then((found) => {
          const readAtMs = Date.now();
          remember({ ...found, userId: actor.userId, readAtMs });
          setWork({ ...found, readAtMs, problem: null });
        })
        .catch((error: unknown) => setWork((held) => ({ ...held, problem: problemOf(error) })));
    }, GATHER_MS);
  }, [actor]);
  useNews(look);
  useEffect(() => {
    look();
    const again = () => document.visibilityState === 'visible' && look();
    const timer = window.setInterval(again, LOOK_AGAIN_MS);
    document.addEventListener('visibilitychange', again);
    return () => {
      window.clearInterval(timer);
      window.clearTimeout(gathering.current);
      document.removeEventListener('visibilitychange', again);
    };
  }, [look, settled]);
  return { ...work, reload: look };
}
