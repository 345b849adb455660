import type { Role } from '../../../src/access/access.dto.js';

/** Who reads the reports of a society and of those below it; the server has the last word. */
export const READERS: readonly Role[] = ['auditor', 'supervisor', 'dutyOfficer', 'dutyLead', 'administrator'];
