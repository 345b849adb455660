import type { TeamUnitDto } from '../../../src/rescue-teams/rescue-teams.dto.js';

type Names = Pick<TeamUnitDto, 'teamName' | 'name'>;

/** A remark in brackets at the end of a name, such as the mark of the demo. */
const REMARK = /\s*[(\uff08][^()\uff08\uff09]*[)\uff09]$/;

/** What tells a unit from its sisters. Units are registered under full names that repeat the team's, which stands beside it. */
export function unitShort({ teamName, name }: Names): string {
  const stem = teamName.replace(REMARK, '');
  if (!name.startsWith(stem)) return name;
  return name.slice(stem.length).replace(REMARK, '').trim() || name;
}

export const unitText = (unit: Names): string => `${unit.teamName} ${unitShort(unit)}`;
