import { messageText } from '../../../src/alerts/message-text.rules.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import SENTENCES from '../../../src/shared/i18n/alert-text.zh-CN.json';
import { fillIn } from '../i18n/fill-in.rules.js';

type About = {
  incident: Pick<IncidentDto, 'title' | 'kind' | 'placeText' | 'exercise'>;
  teamName: string;
  /** People that are asked for. */
  headcount: number | null;
  message: string;
  /** Stands where each person has a link of their own. */
  link: string;
};

/** The message that a team will get, word for word: in Chinese, whatever language the desk reads. */
export const previewOf = ({ incident, teamName, headcount, message, link }: About): string =>
  messageText(
    {
      kind: 'deploy', exercise: incident.exercise, incidentTitle: incident.title, incidentKind: incident.kind, placeText: incident.placeText,
      teamName, headcount, message: message.trim(), link,
    },
    (key, params) => fillIn((SENTENCES as Record<string, string>)[key] ?? key, params),
  ); // prettier-ignore
