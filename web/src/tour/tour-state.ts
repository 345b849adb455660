import type { ActorDto } from '../../../src/access/access.dto.js';
import { createState } from '../app/state.js';
import { keptAs } from '../app/world.js';
import type { TourRole } from './tour.rules.js';

/** Where a person stands with the tours, remembered in this browser. */
export type Standing = {
  account: string;
  /** The tour begun last, and the step it is at. */
  role: TourRole | null;
  step: number;
  running: boolean;
  finished: TourRole[];
  /** Whether the offer was answered; it is made once. */
  answered: boolean;
};

const KEY = keptAs('chiyuan.tour');
const OFFER_KEY = `${KEY}.offer`;
const NOBODY: Standing = { account: '', role: null, step: 0, running: false, finished: [], answered: false };

export const tour = createState<Standing>(NOBODY);

function kept(account: string): Partial<Standing> {
  try {
    return JSON.parse(localStorage.getItem(`${KEY}.${account}`) ?? '{}') as Partial<Standing>;
  } catch {
    return {};
  }
}

/** Takes up what this browser remembers of a person. */
export function recall({ account }: ActorDto): void {
  if (tour.get().account !== account) tour.set({ ...NOBODY, ...kept(account), account });
}

function keep(part: Partial<Standing>): void {
  tour.set(part);
  const standing = tour.get();
  localStorage.setItem(`${KEY}.${standing.account}`, JSON.stringify(standing));
}

/** Begins a tour, or goes on with one that was left. */
export function startTour(role: TourRole): void {
  const { role: before, step, finished } = tour.get();
  const goesOn = before === role && !finished.includes(role);
  keep({ role, step: goesOn ? step : 0, running: true, answered: true, finished: finished.filter((each) => each !== role) });
} // prettier-ignore

export const leaveTour = (): void => keep({ running: false, answered: true });
export const goToStep = (step: number): void => keep({ step: Math.max(0, step) });
export function finishTour(): void {
  const { role, finished } = tour.get();
  keep({ running: false, step: 0, finished: role && !finished.includes(role) ? [...finished, role] : finished });
}

/** A shared desk may refuse the offer for everybody who signs in at it; the menu still has the tour. */
export const mayOffer = (): boolean => localStorage.getItem(OFFER_KEY) !== 'off';
export function offerNoMore(): void {
  localStorage.setItem(OFFER_KEY, 'off');
  leaveTour();
}
