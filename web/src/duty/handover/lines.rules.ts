import type { HandoverViewDto, Matter } from '../../../../src/dispatch/handover/handover.dto.js';

/** read: acknowledged. over: settled before anybody acknowledged it. waiting: open, and nobody has. */
export type Line = Matter & {
  late: boolean;
  standing: 'read' | 'over' | 'waiting';
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
};

/** The lines of a hand-over as they stand now: what appeared since first, then the list as it was drawn. */
export function linesOf({ items, added, gone }: Pick<HandoverViewDto, 'items' | 'added' | 'gone'>): Line[] {
  const over = new Set(gone);
  const fresh = added.map((matter): Line => ({ ...matter, late: true, standing: 'waiting', acknowledgedAt: null, acknowledgedBy: null })); // prettier-ignore
  const listed = items.map((item): Line => {
    const standing = item.acknowledgedAt ? 'read' : item.settled || over.has(item.key) ? 'over' : 'waiting';
    return { ...item, standing };
  });
  return [...fresh, ...listed];
}

export const waitingLines = (lines: readonly Line[]): Line[] => lines.filter(({ standing }) => standing === 'waiting');
