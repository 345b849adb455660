import { UNSETTLED } from '../../../src/dispatch/supply-order.rules.js';
import type { TaskDto, ResponseDto } from '../../../src/incidents/response/responses.dto.js';
import type { IncidentStatus } from '../../../src/incidents/incidents.dto.js';
import type { Work } from './waiting.rules.js';

export const hasEnded = (status: IncidentStatus): boolean => ['closed', 'dismissed', 'merged'].includes(status);

/** What an incident may not end over, how many of it, which ones, and the tab where they are settled. Words: `ending.<key>`. */
export type Hindrance = {
  key: 'help' | 'teams' | 'orders' | 'people' | 'responses' | 'tasks';
  count: number;
  which: string[];
  tab: string;
};

export type Open = {
  work: Work;
  helpCalls: readonly { byName: string }[];
  responses: readonly Pick<ResponseDto, 'planTitle'>[];
  tasks: readonly Pick<TaskDto, 'id'>[];
};

/** As the console sees it, in the order in which the server refuses; the server has the last word. */
export function hindrancesOf({ work, helpCalls, responses, tasks }: Open): Hindrance[] {
  const orders = work.orders.filter(({ status }) => UNSETTLED.includes(status));
  const rolls = work.rolls.filter(({ counts }) => counts.unaccounted > 0);
  const all: Hindrance[] = [
    { key: 'help', count: helpCalls.length, which: helpCalls.map(({ byName }) => byName), tab: 'people' },
    { key: 'teams', count: work.assignments.length, which: work.assignments.map(({ teamName, unitCode }) => `${teamName} ${unitCode}`), tab: 'work' },
    { key: 'orders', count: orders.length, which: orders.map(({ number }) => number), tab: 'work' },
    { key: 'people', count: rolls.reduce((sum, { counts }) => sum + counts.unaccounted, 0), which: rolls.map(({ unitCode }) => unitCode), tab: 'people' },
    { key: 'responses', count: responses.length, which: responses.map(({ planTitle }) => planTitle), tab: 'response' },
    { key: 'tasks', count: tasks.length, which: [], tab: 'response' },
  ]; // prettier-ignore
  return all.filter(({ count }) => count > 0);
}
