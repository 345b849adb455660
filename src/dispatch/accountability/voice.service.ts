import type { Actor } from '../../access/index.js';
import { speaksAsTeam, type HeldAssignment } from '../assignment.service.js';
import { fieldMissing } from '../facts.rules.js';
import type { FactTimes } from './following.service.js';
import type { ParChannel } from './roll.dto.js';

export interface Voice {
  onBehalfOf: string | null;
  channel: ParChannel;
  words: string | null;
}
/** Who speaks for a unit: its own people as themselves; the desk for its leader, saying how the words came and what they were. 400. */
export function voiceFor(
  actor: Actor,
  { assignment, unit }: HeldAssignment,
  said: { channel?: Exclude<ParChannel, 'in-app' | 'link'> | undefined; words?: string | undefined },
): Voice {
  if (speaksAsTeam(actor, assignment.teamId)) return { onBehalfOf: null, channel: 'in-app', words: said.words ?? null };
  if (!said.channel) throw fieldMissing('/channel');
  if (!said.words) throw fieldMissing('/words');
  return { onBehalfOf: unit.leader?.name ?? unit.teamName, channel: said.channel, words: said.words };
}

export const timesOf = (
  said: { occurredAt?: string | undefined; recordedAt?: string | undefined },
  now: Date,
): FactTimes => ({
  now,
  occurredAt: said.occurredAt ? new Date(said.occurredAt) : now,
  recordedAt: said.recordedAt ? new Date(said.recordedAt) : now,
});
