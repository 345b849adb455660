/** Works that belong together, as the tiles show them; a work that no group names stands last. */
export const GROUPS: readonly { key: string; works: readonly string[] }[] = [
  { key: 'in-and-out', works: ['receiving', 'transfers', 'issues', 'returns'] },
  { key: 'ask-and-give', works: ['requests', 'capacity', 'donations'] },
  { key: 'on-the-shelf', works: ['counts', 'bin-moves', 'lots', 'kits', 'watch'] },
  { key: 'papers', works: ['adjustments', 'reversals', 'ledger', 'outbox', 'refused', 'catalogue', 'sheets'] },
];
