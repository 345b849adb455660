import { createState } from '../../app/state.js';
import { keptAs } from '../../app/world.js';

const KEY = keptAs('chiyuan.carbon');
/** Whether forms are printed on carbon sets: a matter of the printer that stands beside this device, so it is kept by the device. */
const state = createState<{ carbon: boolean }>({ carbon: localStorage.getItem(KEY) === 'on' });

export const useCarbon = (): boolean => state.use(({ carbon }) => carbon);

export function setCarbon(carbon: boolean): void {
  localStorage.setItem(KEY, carbon ? 'on' : 'off');
  state.set({ carbon });
}
