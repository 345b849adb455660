import { isMuted, keptMutes, mute, unmute } from '../alarms/mute.rules.js';
import type { Mutes } from '../alarms/mute.rules.js';
import { createState } from '../app/state.js';
import { keptAs } from '../app/world.js';
import type { Severity } from '../live/ageing.rules.js';
import { strike } from '../parts/tones.js';

export type SoundState = 'locked' | 'on';
const KEY = keptAs('chiyuan.mutes');
const state = createState<{ sound: SoundState; mutes: Mutes }>({ sound: 'locked', mutes: stored() });
let context: AudioContext | null = null;

const STROKE = { lastsS: 0.16, everyS: 0.22, loud: 0.35 };

function stored(): Mutes {
  try {
    return keptMutes(JSON.parse(localStorage.getItem(KEY) ?? '{}'), Date.now());
  } catch {
    return {};
  }
}

/** Browsers stay silent until somebody clicked: this is that click, and it plays a tone so that the loudspeaker is heard too. */
export async function tryOut(): Promise<void> {
  if (!context) {
    context = new AudioContext();
    context.onstatechange = () => state.set({ sound: context?.state === 'running' ? 'on' : 'locked' });
  }
  await context.resume();
  strike(context, 'III', STROKE);
}

export function ring(severity: Severity): void {
  if (context && state.get().sound === 'on' && !isMuted(state.get().mutes, severity, Date.now()))
    strike(context, severity, STROKE);
}

/** A call for help has the gravest sound, and no mute holds it back: only taking it up ends it. */
export function ringForHelp(): void {
  if (context && state.get().sound === 'on') strike(context, 'I', STROKE);
}

function keep(mutes: Mutes): void {
  localStorage.setItem(KEY, JSON.stringify(mutes));
  state.set({ mutes });
}
/** On this computer's clock: it only counts minutes. */
export const muteFor = (severity: Severity, minutes: number): void =>
  keep(mute(state.get().mutes, severity, { minutes, nowMs: Date.now() }));
export const endMute = (severity: Severity): void => keep(unmute(state.get().mutes, severity));

export const useSound = (): SoundState => state.use((held) => held.sound);
export const useMutes = (): Mutes => state.use((held) => held.mutes);
