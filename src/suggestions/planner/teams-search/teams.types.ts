/** Teams and what incidents ask of them, in flat arrays: team t, incident k; minutes at `t * incidents + k`. */
export interface TeamInstance {
  name: string;
  teams: number;
  incidents: number;
  headcount: Int32Array;
  /** Per team: a bit for each capability. */
  capabilities: Int32Array;
  /** 1 while the team rests and may not be sent. */
  resting: Uint8Array;
  /** From now to the incident, departure included. */
  etaMin: Int32Array;
  /** Per incident: weight of a head missing and of a minute. */
  weight: Int32Array;
  /** Heads of a capability that an incident asks for. */
  requirements: { incident: number; capability: number; heads: number }[];
  /** Teams of which one should stay ready: those of one kind in reach of one city. */
  covers: Int32Array[];
  /** Teams further away than this are not sent. */
  windowMin: number;
}

export interface TeamLimits {
  /** Rounds of ruin and recreate: counted, so that the same input gives the same answer. */
  rounds: number;
  seed: number;
  shouldStop: () => boolean;
}

export interface TeamPlan {
  /** Per team: the requirement that it serves, -1 when it stays. */
  assigned: Int32Array;
  /** Heads missing times weight; covers without a team; minutes times weight. In the order in which they count. */
  unmet: number;
  holes: number;
  minutes: number;
  rounds: number;
}
