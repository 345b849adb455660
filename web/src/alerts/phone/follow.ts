import { useEffect, useSyncExternalStore } from 'react';
import type { LinkState } from '../../live/link.rules.js';

export type PhoneLink = { state: LinkState; silentS: number };
type Follower = { link: () => PhoneLink; stop: () => void };

let link: PhoneLink = { state: 'delayed', silentS: 0 };
const badges = new Set<() => void>();

/** The socket comes after the page: a leader on a weak network sees the list first. */
async function follow(onNews: () => void): Promise<Follower> {
  const { live } = await import('../../live/live.js');
  const unfollow = [
    live.store.subscribe(['alert', 'assignment', 'roll', 'help-call', 'loaded'], onNews),
    live.subscribe(() => {
      link = live.link;
      badges.forEach((badge) => badge());
    }),
  ];
  void live.start();
  const stop = () => {
    unfollow.forEach((end) => end());
    live.stop();
  };
  return { link: () => live.link, stop };
}

/** Calls `onNews` whenever an alert, an assignment, a list of people or a call for help that this person may see has changed. */
export function useNews(onNews: () => void): void {
  useEffect(() => {
    let stop: (() => void) | null = null;
    let gone = false;
    void follow(onNews)
      .then((follower) => {
        if (gone) follower.stop();
        else stop = follower.stop;
      })
      .catch(() => {
        // The chunk could not be fetched: the list is still read again by the clock.
        link = { state: 'offline', silentS: 0 };
        badges.forEach((badge) => badge());
      });
    return () => {
      gone = true;
      stop?.();
    };
  }, [onNews]);
}

export const usePhoneLink = (): PhoneLink =>
  useSyncExternalStore(
    (badge) => {
      badges.add(badge);
      return () => badges.delete(badge);
    },
    () => link,
  );
