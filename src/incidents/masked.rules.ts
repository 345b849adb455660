import type { IncidentDto } from './incidents.dto.js';

/** What those see who belong neither to the society of the place nor to the one that leads, nor to one above: who called is left out. */
export const maskedIncident = (incident: IncidentDto): IncidentDto => ({
  ...incident,
  reporter: maskedReporter(incident.reporter),
});
export const maskedReporter = ({ source, reference }: IncidentDto['reporter']): IncidentDto['reporter'] => ({
  source,
  ...(reference === undefined ? {} : { reference }),
  hidden: true,
});
