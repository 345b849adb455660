import { useSyncExternalStore } from 'react';
import type { ProblemError } from '../api/http.js';
import { live } from './live.js';
import type { Link } from './live.js';

export const useLink = (): Link => useSyncExternalStore(live.subscribe, () => live.link);
export const useLiveProblem = (): ProblemError | null => useSyncExternalStore(live.subscribe, () => live.problem);
/** When the shown picture was drawn, where it is a kept one; null while it is live. */
export const useRememberedAt = (): number | null => useSyncExternalStore(live.subscribe, () => live.rememberedAt);
