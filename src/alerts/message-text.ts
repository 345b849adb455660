import { sentence } from '../shared/i18n.js';
import type { OutgoingAlert } from './channel.service.js';

type Told = Pick<OutgoingAlert, 'kind' | 'exercise' | 'incidentTitle' | 'placeText' | 'teamName' | 'message' | 'link'>;

/**
 * What a provider sends: who it is for, what and where, the words of the desk, the link. A place that the title names already is not said
 * twice. A call to a desk that brings its own words says those: they tell why it is called.
 */
export function messageText({ kind, exercise, incidentTitle, placeText, teamName, message, link }: Told): string {
  const say = (key: string, params: Record<string, string>) => sentence('zh-CN', `alert-text.${key}`, params);
  const where = incidentTitle.includes(placeText) ? incidentTitle : say('what-where', { incidentTitle, placeText });
  const called = kind === 'duty-call' && message !== '';
  const what = message === '' || called ? where : say('what-said', { what: where, message });
  const words = say(called ? 'duty-call-said' : kind, { what, teamName, message, link });
  return (exercise ? say('exercise', { words }) : words).replace(/\s+/g, ' ');
}
