import type { z } from 'zod';
import type { Point } from '../shared/fields.dto.js';
import type { RawPoint } from '../shared/geo.js';
import type { Figures, IncidentDto, IncidentStatus, NeedsDto, reporter } from './incidents.dto.js';
import { levelProposals } from './levels.rules.js';

/** The first time each stage was reached; a reopened incident keeps them. */
export interface Stamps {
  verifiedAt: Date | null;
  respondingAt: Date | null;
  onSceneAt: Date | null;
  stabilisedAt: Date | null;
  demobilisingAt: Date | null;
  closedAt: Date | null;
}

/** An incident as the rules see it: the row with the paths of its two societies. */
export interface Incident extends Stamps, Point {
  id: string;
  number: string;
  kind: IncidentDto['kind'];
  severity: IncidentDto['severity'];
  status: IncidentStatus;
  title: string;
  whatHappened: string;
  rawLocation: RawPoint;
  placeText: string;
  societyId: string;
  societyPath: string;
  leadSocietyId: string;
  leadPath: string;
  reporter: z.infer<typeof reporter>;
  peopleAffected: number | null;
  exercise: boolean;
  commander: string | null;
  needs: NeedsDto;
  figures: Figures;
  figuresAsOf: Date | null;
  reporting: IncidentDto['reporting'];
  mergedIntoId: string | null;
  absorbedIds: string[];
  statusReason: string | null;
  occurredAt: Date;
  reportedAt: Date;
  statusSince: Date;
  sharedKeys: string[];
  scope: string[];
  /** The keys that see who called, too. */
  wholeScope: string[];
  version: number;
}

/** An incident as far as consoles are shown it. */
export type IncidentRow = Omit<Incident, 'societyPath' | 'leadPath' | 'sharedKeys' | 'scope' | 'wholeScope'>;

/** What dispatch/ needs to know of an incident. */
export type IncidentForDispatch = Pick<
  Incident,
  | 'id' | 'number' | 'kind' | 'severity' | 'status' | 'title' | 'placeText' | 'lon' | 'lat' | 'exercise' | 'societyId' | 'societyPath'
  | 'leadSocietyId' | 'leadPath' | 'needs' | 'scope' | 'version'
>; // prettier-ignore

const iso = (at: Date | null) => at && at.toISOString();

/** The wire form: what GET answers and what the journal keeps. Written out: a picture has thousands, and "the rest" of an object is slow. */
export function toIncidentDto(incident: IncidentRow): IncidentDto {
  const { id, number, kind, severity, status, title, whatHappened, rawLocation, placeText, societyId, leadSocietyId } =
    incident;
  const {
    reporter: who,
    peopleAffected,
    exercise,
    commander,
    figures,
    mergedIntoId,
    absorbedIds,
    statusReason,
  } = incident;
  return {
    id, number, kind, severity, status, title, whatHappened, rawLocation, placeText, societyId, leadSocietyId, reporter: who, peopleAffected,
    exercise, commander, figures, mergedIntoId, absorbedIds, statusReason, version: incident.version, reporting: incident.reporting,
    needs: incident.needs, location: { lon: incident.lon, lat: incident.lat }, levelProposals: levelProposals(figures),
    figuresAsOf: iso(incident.figuresAsOf), occurredAt: incident.occurredAt.toISOString(), reportedAt: incident.reportedAt.toISOString(),
    statusSince: incident.statusSince.toISOString(), verifiedAt: iso(incident.verifiedAt), respondingAt: iso(incident.respondingAt),
    onSceneAt: iso(incident.onSceneAt), stabilisedAt: iso(incident.stabilisedAt), demobilisingAt: iso(incident.demobilisingAt),
    closedAt: iso(incident.closedAt),
  }; // prettier-ignore
}
