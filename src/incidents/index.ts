export { IncidentsModule } from './incidents.module.js';
export { IncidentsService } from './incidents.service.js';
export { NotesService } from './notes/notes.service.js';
export { SituationService } from './situation.service.js';
export { openResponseRows, openTaskRows } from './response/open-rows.js';
export { PlansService } from './response/plans.service.js';
export { ResponsesService } from './response/responses.service.js';
export { TasksService } from './response/tasks.service.js';
export type { IncidentForDispatch } from './incident.entity.js';
export type { IncidentDto, IncidentStep, MergeIncident, NeedsDto, SituationReportDto } from './incidents.dto.js';
export {
  eachOpenIncidentRow, endIncident, lockIncident, noteIncidentProgress, openIncidentIds, openIncidentRows, readIncident, shareIncident, type EndIncident,
} from './incident-steps.service.js'; // prettier-ignore
export { estimateFor } from './factors/estimating.js';
export { type PastNeeds, pastNeeds } from './past-needs.store.js';
export { factorAlong, type FactorInForce } from './factors/factor.rules.js';
export {
  estimatesOf, type FactorRow, type FactorSource, factorVersions, insertFactor, societiesUp,
} from './factors/factor.store.js'; // prettier-ignore
export { NEED_RULES } from './needs-estimate.rules.js';
export type { KeptEstimate } from './incidents.dto.js';
export { REPORT_CLOCKS, type ReportClock, reportClocks } from './reporting.rules.js';
