import type { HelpCallDto } from '../../../../../src/dispatch/help-calls/help-call.dto.js';
import { knownDutyPhone } from '../duty-phone.js';
import { CallForHelp } from './CallForHelp.js';

/** Calling for help by who is signed in; it shows what the others of the unit have called, too. */
export const OwnCall = ({ assignmentId, calls }: { assignmentId: string; calls: readonly HelpCallDto[] }) => (
  <CallForHelp
    about={`assignment/${assignmentId}/help`}
    path="/help-calls"
    more={{ assignmentId }}
    wordsPath={(callId) => `/help-calls/${callId}/words`}
    calls={calls}
    dutyPhone={knownDutyPhone()}
  />
);
