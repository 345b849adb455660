import { useSyncExternalStore } from 'react';

/** The address after `#/`, split; a hash needs no rule on the server and survives a reload. */
export type Route = { name: string; parts: string[]; text: string };

const read = (): Route => {
  const text = location.hash.replace(/^#\/?/, '');
  const parts = text.split('/').map(decodeURIComponent);
  return { name: parts[0] ?? '', parts: parts.slice(1), text };
};
let route = read();
const listeners = new Set<() => void>();
window.addEventListener('hashchange', () => {
  route = read();
  listeners.forEach((listener) => listener());
});

export const go = (path: string): void => void (location.hash = `#/${path}`);
export const currentRoute = (): Route => route;
export const useRoute = (): Route =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => route,
  );
