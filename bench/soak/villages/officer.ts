import type { AssignmentDto, MissionDto } from '../../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import type { TeamWithUnits } from '../../../src/rescue-teams/rescue-teams.dto.js';
import { type Desk, Refused } from '../../replay/desk.js';

type Page<T> = { items: T[] };
export interface Place {
  name: string;
  lon: number;
  lat: number;
}

/** An officer has two hands: one click after the other, each on the clock. */
export class Officer {
  readonly clicksMs: number[] = [];
  private busy: Promise<unknown> = Promise.resolve();

  constructor(private readonly desk: Desk) {}

  signIn = () => this.desk.signedIn();

  report(place: Place): Promise<IncidentDto> {
    const body = { kind: 'flood', severity: 'III', placeText: place.name, title: place.name, location: { lon: place.lon, lat: place.lat } }; // prettier-ignore
    return this.click(() => this.desk.post<IncidentDto>('/incidents', body));
  }

  verify = ({ id, version }: IncidentDto): Promise<IncidentDto> =>
    this.click(() => this.desk.post<IncidentDto>(`/incidents/${id}/verify`, { version }));

  /** Units that can go, nearest first. */
  async free({ lon, lat }: Place, teams: Set<string>): Promise<string[]> {
    const path = `/teams?near=${lon},${lat}&available=true&limit=100`;
    const { items } = await this.click(() => this.desk.get<Page<TeamWithUnits>>(path));
    return items
      .filter(({ id }) => teams.has(id))
      .flatMap(({ units }) => units.filter(({ state }) => state === 'available').map(({ id }) => id));
  }

  /** Null when somebody else was faster. */
  send = (incidentId: string, teamUnitId: string): Promise<AssignmentDto | null> =>
    this.click(async () => {
      const body = { assignments: [{ teamUnitId }], overrideReason: '演练：就近出动' };
      const mission = await this.desk.post<MissionDto>(`/incidents/${incidentId}/missions`, body).catch(takenBefore);
      return mission && mission.assignments[0]!;
    });

  look = (id: string): Promise<AssignmentDto> => this.desk.get<AssignmentDto>(`/assignments/${id}`);

  async end(incidentId: string): Promise<void> {
    for (const step of ['stabilise', 'close']) {
      const { version } = await this.desk.get<IncidentDto>(`/incidents/${incidentId}`);
      await this.click(() => this.desk.post(`/incidents/${incidentId}/${step}`, { version, reason: '演练结束' }));
    }
  }

  private click<T>(act: () => Promise<T>): Promise<T> {
    const done = this.busy.then(async () => {
      const began = performance.now();
      const answer = await act();
      this.clicksMs.push(performance.now() - began);
      return answer;
    });
    this.busy = done.catch(() => undefined);
    return done;
  }
}

function takenBefore(error: unknown): null {
  if (error instanceof Refused && error.code === 'team.not-available') return null;
  throw error;
}
