import { useCallback, useEffect, useState } from 'react';
import type { LinkedAlertDto } from '../../../../src/alerts/alerts.dto.js';
import type { LinkedCheckDto } from '../../../../src/dispatch/accountability/roll.dto.js';
import type { LinkedProgressDto } from '../../../../src/dispatch/dispatch.dto.js';
import type { LinkedHelpDto } from '../../../../src/dispatch/help-calls/help-call.dto.js';
import { get, problemOf, request } from '../../api/http.js';
import type { ProblemError } from '../../api/http.js';
import { rememberDutyPhone } from './duty-phone.js';
import { useSettledCount } from './outbox.js';
import { askServerTime } from './server-time.js';

/** Somebody else may answer, or the desk may call it off: the page looks again while it is looked at. */
const LOOK_AGAIN_MS = 15_000;
/** Who called for help waits for the name of who has taken it up. */
const LOOK_AGAIN_CALLING_MS = 4000;
const prefix = 'chiyuan.phone.alert.';
const KEPT_MS = 7 * 24 * 3600_000;

type Memory = {
  alert: LinkedAlertDto;
  help: LinkedHelpDto | null;
  check: LinkedCheckDto['roll'];
  unit?: LinkedProgressDto['unit'];
  readAtMs: number;
  opened: boolean;
};
export type LinkedAlert = {
  alert: LinkedAlertDto | null;
  /** Whether its person may call for help, and the calls; null while that is not known. */
  help: LinkedHelpDto | null;
  /** The people of the unit while it is to be counted. */
  check: LinkedCheckDto['roll'];
  /** Where the unit stands; null for a desk, and while that is not known. */
  unit: LinkedProgressDto['unit'];
  problem: ProblemError | null;
  /** Set when the shown alert is a memory: the server could not be asked since then. */
  staleSinceMs: number | null;
  reload: () => void;
};

function remembered(token: string): Memory | null {
  try {
    return JSON.parse(localStorage.getItem(prefix + token) ?? 'null') as Memory | null;
  } catch {
    return null;
  }
}
function remember(token: string, memory: Memory): void {
  try {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(prefix))) {
      const held = remembered(key.slice(prefix.length));
      if (!held || Date.now() - held.readAtMs > KEPT_MS) localStorage.removeItem(key);
    }
    localStorage.setItem(prefix + token, JSON.stringify(memory));
  } catch {
    // Without storage the page works as long as it stays open.
  }
}

/** The one alert of a link: from memory at once, from the server as soon as it answers; tells the server once that it was seen. */
export function useLinkedAlert(token: string): LinkedAlert {
  const [state, setState] = useState<Omit<LinkedAlert, 'reload'>>(() => {
    const memory = remembered(token);
    return {
      alert: memory?.alert ?? null,
      help: memory?.help ?? null,
      check: memory?.check ?? null,
      unit: memory?.unit ?? null,
      problem: null,
      staleSinceMs: memory?.readAtMs ?? null,
    };
  });
  const settled = useSettledCount();
  const look = useCallback(async () => {
    try {
      const alert = await get<LinkedAlertDto>(`/alert-links/${encodeURIComponent(token)}`);
      const help = await get<LinkedHelpDto>(`/alert-links/${encodeURIComponent(token)}/help-calls`);
      const { roll: check } = await get<LinkedCheckDto>(`/alert-links/${encodeURIComponent(token)}/check`);
      const { unit } = await get<LinkedProgressDto>(`/alert-links/${encodeURIComponent(token)}/progress`);
      const opened = (remembered(token)?.opened ?? false) || (await tellOpened(token));
      remember(token, { alert, help, check, unit, readAtMs: Date.now(), opened });
      rememberDutyPhone(alert.dutyPhone);
      setState({ alert, help, check, unit, problem: null, staleSinceMs: null });
    } catch (error) {
      const problem = problemOf(error);
      const gone = problem.status === 404;
      setState((held) => ({
        alert: gone ? null : held.alert,
        help: gone ? null : held.help,
        check: gone ? null : held.check,
        unit: gone ? null : held.unit,
        problem,
        staleSinceMs: held.staleSinceMs ?? remembered(token)?.readAtMs ?? null,
      }));
    }
  }, [token]);
  const calling = state.help?.calls.some(({ state: now }) => now === 'raised') ?? false;
  useEffect(() => {
    void askServerTime();
    const again = () => document.visibilityState === 'visible' && void look();
    again();
    const timer = window.setInterval(again, calling ? LOOK_AGAIN_CALLING_MS : LOOK_AGAIN_MS);
    document.addEventListener('visibilitychange', again);
    window.addEventListener('online', again);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
      window.removeEventListener('online', again);
    };
  }, [look, settled, calling]);
  return { ...state, reload: () => void look() };
}

/** Only a page that somebody looks at was opened; a failure is tried again at the next look. */
async function tellOpened(token: string): Promise<boolean> {
  try {
    await request('POST', `/alert-links/${encodeURIComponent(token)}/opened`, { body: {} });
    return true;
  } catch (error) {
    const { status } = problemOf(error);
    return status >= 400 && status < 500;
  }
}
