import type { BrowserContext } from 'playwright-core';
import type { AssignmentDto, MissionDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import type { SnapshotDto } from '../../src/live/live.dto.js';

/** What a desk asks of the program beside its page, as whoever is signed in there. */
export async function told<T>({ request }: BrowserContext, path: string, data: object): Promise<T> {
  const answer = await request.post(`/api/v1${path}`, { data });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** A verified incident at a place, to which the first free unit of a team is sent. */
export async function sendTeam(desk: BrowserContext, team: string, place: { placeText: string; location: object }) {
  const reported = await told<IncidentDto>(desk, '/incidents', { kind: 'drowning', severity: 'III', ...place });
  const incident = await told<IncidentDto>(desk, `/incidents/${reported.id}/verify`, { version: reported.version });
  const { teamUnits } = (await (await desk.request.get('/api/v1/live/snapshot')).json()) as SnapshotDto;
  const unit = teamUnits.find(({ code, booking }) => code.startsWith(team) && !booking)!;
  const mission = await told<MissionDto>(desk, `/incidents/${incident.id}/missions`, {
    assignments: [{ teamUnitId: unit.id }],
    supplies: [],
  });
  return { incident, assignment: mission.assignments[0]! satisfies AssignmentDto };
}
