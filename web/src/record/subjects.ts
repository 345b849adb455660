/** What the record tells of, in the order in which one looks for it; `audit.subject.<name>` are the words. */
export const SUBJECTS = [
  'incident', 'mission', 'assignment', 'roll', 'help-call', 'supply-order', 'alert', 'reply', 'suggestion', 'response', 'task', 'plan', 'situation-report', 'incident-note',
  'team', 'team-unit', 'team-member', 'team-equipment', 'warehouse', 'bin', 'item', 'item-pack', 'item-gtin', 'kit', 'lot', 'stock-level',
  'stock-policy', 'stock-opening', 'goods-receipt', 'donation', 'stock-fund', 'stock-request', 'stock-transfer', 'stock-issue', 'stock-return',
  'stock-adjustment', 'stock-conversion', 'stock-reversal', 'stock-count', 'stock-inquiry', 'stock-notice', 'stock-command', 'stock-box',
  'bin-move', 'capacity-call', 'duty-shift', 'duty-notice', 'handover', 'handover-item', 'channel-test', 'chain-fault', 'record-anchor', 'par-setting', 'drill',
  'drill-sheet', 'drill-improvement', 'inject', 'clock-setting', 'need-estimate', 'need-factor', 'crossing', 'road-weather', 'travel-area', 'map-layer', 'structure-scenario', 'structure-advice', 'partner-offer', 'robot', 'contact-setting', 'user', 'session',
] as const; // prettier-ignore
