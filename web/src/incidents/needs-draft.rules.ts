import type { NeedsDto, NeedsEstimate } from '../../../src/incidents/incidents.dto.js';

export type Priority = 1 | 2 | 3;
export type NeedsDraft = {
  capabilities: { speciality: string; headcount: string; priority: Priority }[];
  items: { itemId: string; units: string; priority: Priority }[];
};

export const draftOf = (needs: NeedsDto): NeedsDraft => ({
  capabilities: needs.capabilities.map(({ speciality, headcount, priority }) => ({
    speciality,
    headcount: String(headcount),
    priority,
  })),
  items: needs.items.map(({ itemId, units, priority }) => ({ itemId, units: String(units), priority })),
});

const whole = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text.trim()) : 0);

/** What is sent: lines without a number or a choice fall away, so an empty last line is no mistake. Due times are kept. */
export function needsOf(draft: NeedsDraft, held: NeedsDto): { capabilities: object[]; items: object[] } {
  const capabilities = draft.capabilities
    .filter((line) => line.speciality !== '' && whole(line.headcount) > 0)
    .map((line) => ({
      speciality: line.speciality,
      headcount: whole(line.headcount),
      priority: line.priority,
      neededBy: held.capabilities.find((need) => need.speciality === line.speciality)?.neededBy ?? null,
    }));
  const items = draft.items
    .filter((line) => line.itemId !== '' && whole(line.units) > 0)
    .map((line) => ({
      itemId: line.itemId,
      units: whole(line.units),
      priority: line.priority,
      neededBy: held.items.find((need) => need.itemId === line.itemId)?.neededBy ?? null,
    }));
  return { capabilities, items };
}

/** Puts the middle of an estimate into the draft; a line that is already there keeps the larger number. */
export function withEstimate(
  draft: NeedsDraft,
  estimate: NeedsEstimate,
  itemIdOf: (code: string) => string | undefined,
): NeedsDraft {
  const items = [...draft.items];
  for (const { itemCode, mid, priority } of estimate.items) {
    const itemId = itemIdOf(itemCode);
    if (!itemId || mid === 0) continue;
    const at = items.findIndex((line) => line.itemId === itemId);
    if (at < 0) items.push({ itemId, units: String(mid), priority });
    else items[at] = { ...items[at]!, units: String(Math.max(mid, whole(items[at]!.units))) };
  }
  return { ...draft, items };
}
