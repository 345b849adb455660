import { createState } from '../app/state.js';
import { inDrill } from '../app/world.js';

const LOOK_EVERY_MS = 60 * 60_000;
const state = createState<{ waiting: ServiceWorker | null }>({ waiting: null });

/** A new version that is ready and waits to be asked for. */
export const useNewVersion = (): boolean => state.use(({ waiting }) => waiting !== null);

/** Changes to the new version; what is typed is kept as a draft. Other pages of this browser go on with theirs. */
export function takeNewVersion(): void {
  const { waiting } = state.get();
  if (!waiting) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage('take-over');
}

/**
 * Lets the page open without network: in secure contexts only (https, or this very machine); elsewhere, and in drills, it works online as
 * it did. A new version never changes a page under a person's hands.
 */
export function startWorker(script: string, scope: string): void {
  if (!import.meta.env.PROD || inDrill || !('serviceWorker' in navigator)) return;
  const register = () =>
    void navigator.serviceWorker
      .register(script, { scope, updateViaCache: 'none' })
      .then(watch)
      .catch((error: unknown) => console.warn('this page does not open without network', error));
  // After the page: on a weak network what a person waits for goes first.
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}

function watch(registration: ServiceWorkerRegistration): void {
  const note = () => {
    // Without a worker that serves this page the waiting one is the first: there is nothing to change.
    if (registration.waiting && navigator.serviceWorker.controller) state.set({ waiting: registration.waiting });
  };
  note();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', note));
  const look = () => void registration.update().catch(() => undefined);
  window.setInterval(look, LOOK_EVERY_MS);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look());
}
