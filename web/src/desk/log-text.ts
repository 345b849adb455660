import type { LiveChange } from '../../../src/live/live.dto.js';
import type { Subject } from '../../../src/live/live.dto.js';
import { count } from '../i18n/format.js';
import { hasMessage, named, t, tCode } from '../i18n/i18n.js';
import { wordsAdded } from '../dispatch/help-calls/help-calls.rules.js';
import { noteLine } from '../incidents/notes/note.rules.js';
import { lineText } from '../incidents/response/words.js';
import { live } from '../live/live.js';
import type { RowOf } from '../live/store.js';
import { unitShort } from '../rescue-teams/unit-name.rules.js';
import { spanText } from '../settings/span.rules.js';
import { stateKey } from '../rescue-teams/unit-state.rules.js';

export type LogLine = { key: string; at: string; words: string; who: string | null; incidentId: string | null };

/** What changed, told from the row itself, so that a kind of change without its own sentence is still told. */
const TELL: { [S in Subject]?: (row: RowOf[S]) => string | null } = {
  incident: (row) => t('log.incident', { title: row.title, status: t(`status.${row.status}`) }),
  assignment: (row) =>
    t('log.assignment', { team: row.teamName, unit: row.unitCode, status: t(`assignment.${row.status}`) }),
  roll: (row) =>
    t(row.counts.missing > 0 ? 'log.roll-missing' : 'log.roll', {
      team: row.teamName,
      unit: row.unitCode,
      out: row.counts.out + row.counts.returning,
      scene: row.counts.onScene,
      back: row.counts.back,
      missing: row.counts.missing,
    }),
  'help-call': (row) =>
    t('log.help-call', { who: row.byName, unit: row.unitCode, state: t(`help-call.state.${row.state}`) }),
  alert: (row) =>
    row.doneReason
      ? t('log.alert-done', { team: row.teamName, reason: t(`alert-done.${row.doneReason}`) })
      : t('log.alert', { team: row.teamName, who: row.waitingFor ?? row.teamName, step: row.step }),
  reply: (row) =>
    t('log.reply', { who: row.personName ?? row.phone ?? '', words: row.words, state: t(`reply-state.${row.state}`) }),
  'chain-fault': (row) =>
    t(row.closedAt ? 'log.chain-over' : 'log.chain', {
      what: t(`chain.${row.kind}`, { team: `${row.teamName} ${row.unitCode}`, step: row.step, who: row.who ?? '' }),
    }),
  'supply-order': (row) => t('log.order', { number: row.number, status: t(`order.${row.status}`) }),
  'team-unit': (row) =>
    row.booking ? null : t('log.unit', { team: row.teamName, unit: unitShort(row), state: t(stateKey(row)) }),
  suggestion: (row) => {
    const title = live.store.row('incident', row.incidentId)?.title;
    const status = t(`suggestion.${row.status}`);
    return title ? t('log.suggestion-for', { title, status }) : t('log.suggestion', { status });
  },
  response: (row) =>
    t('log.response', {
      society: live.store.row('society', row.societyId)?.shortName ?? '',
      level: t(`response-act.${row.last.step}`, { level: row.level ? t(`response-level.${row.level}`) : '' }),
    }),
  task: (row) => t('log.task', { words: lineText(row, live.store), state: t(`task-state.${row.state}`) }),
  alarm: (row) => t('log.alarm', { severity: row.severity, cause: t(`cause.${row.code}`) }),
  'stock-level': (row) =>
    t('log.stock', {
      warehouse: named(live.store.row('warehouse', row.warehouseId)),
      item: named(live.store.row('item', row.itemId)),
      units: count(row.availableUnits),
    }),
  'clock-setting': (row) =>
    t(row.valueS === null ? 'log.clock-reset' : 'log.clock', {
      society: live.store.row('society', row.societyId)?.shortName ?? '',
      clock: t(`clock-name.${row.key}`),
      limit: spanText(row.valueS ?? 0),
    }),
  'map-layer': (row) =>
    t('log.map-layer', {
      name: row.name,
      what: t(`log.map-layer.${row.removedAt ? 'removed' : row.shown ? 'on' : 'off'}`),
    }),
};

/** A row in words, whatever happened to it; null when the desk has nothing to say about it. */
export function changeWords(subject: string, data: Record<string, unknown>): string | null {
  if (subject === 'mission' && typeof data.number === 'string') return t('log.mission', { number: data.number });
  if (subject === 'situation-report') {
    return t('log.situation', { serial: String(data.serial), stage: t(`situation-stage.${String(data.stage)}`) });
  }
  if (subject === 'incident-note') return noteLine(data, t);
  if (subject === 'lot') {
    const item = named(live.store.row('item', String(data.itemId)));
    return t('log.lot', { lot: String(data.code), item, state: t(`log.lot.${String(data.state)}`) });
  }
  const tell = TELL[subject as Subject] as ((row: unknown) => string | null) | undefined;
  return tell?.(data) ?? null;
}

/** A change of the record in a line: what happened and to what, which `about` says where the desk has no words for it. */
export function recordWords(
  change: { kind: string; subject: string; data: Record<string, unknown> },
  about = '',
): string {
  const key = `change.${change.kind}`;
  const what =
    change.subject === 'incident'
      ? String(change.data.title ?? about)
      : (addedInRecord(change) ?? changeWords(change.subject, change.data));
  const words = what ?? (about === '' ? null : about);
  if (!hasMessage(key)) return words ?? change.kind;
  return words === null ? t(key) : t('timeline.line', { kind: t(key), words });
}

/** The record keeps each of them: a call's place, too, but as what it is. */
function addedInRecord({ kind, data }: { kind: string; data: Record<string, unknown> }): string | undefined {
  if (kind !== 'help-call.added') return undefined;
  const { byName: who, unitCode: unit } = data as unknown as RowOf['help-call'];
  return addedWords({ kind, data }) ?? t('log.help-call-place', { who, unit });
}

/** Who did it: people by name, the system's own workers by what they do. */
export const actorText = (name: string | null): string =>
  name === null ? t('timeline.system') : tCode('actor.', name);

/** What happened to an incident: its status alone would say the same again when only its needs changed. */
function incidentWords({ subject, kind, data }: LiveChange): string | null {
  if (subject !== 'incident' || !hasMessage(`change.${kind}`)) return null;
  return t('log.incident', { title: String(data.title), status: t(`change.${kind}`) });
}

/** More about a call for help: what was said. Its place alone stands with the call and on the map, not again in the log. */
function addedWords({ kind, data }: Pick<LiveChange, 'kind' | 'data'>): string | null | undefined {
  if (kind !== 'help-call.added') return undefined;
  const call = data as RowOf['help-call'];
  const said = wordsAdded(call);
  return said === null ? null : t('log.help-call-said', { who: call.byName, unit: call.unitCode, words: said });
}

/** Alarms that come and go stand in the strip; what people and the clock do about them is told. */
const TOLD_OF_ALARMS = /^alarm\.(acknowledged|snoozed|woken|snooze-ended|passed-on-\w+)$/;
function alarmWords({ subject, kind, data }: LiveChange): string | null {
  if (subject !== 'alarm') return null;
  const { incidentId, societyId } = data as RowOf['alarm'];
  const place = live.store.row('incident', incidentId)?.placeText ?? live.store.row('society', societyId)?.shortName;
  return t('log.alarm-line', { place, kind: t(`change.${kind}`), words: changeWords(subject, data) });
}

/** Steps of a plan on its way, and that another took its place, stand on its own page; in the log they would push out what people did. */
const OWN_STEPS: readonly unknown[] = ['queued', 'solving', 'superseded'];

export function lineOf(change: LiveChange): LogLine | null {
  if (change.subject === 'alarm' && !TOLD_OF_ALARMS.test(change.kind)) return null;
  if (change.subject === 'suggestion' && OWN_STEPS.includes(change.data.status)) return null;
  const added = addedWords(change);
  if (added === null) return null;
  const words = added ?? incidentWords(change) ?? alarmWords(change) ?? changeWords(change.subject, change.data);
  if (words === null || change.kind.endsWith('position-reported') || change.kind.endsWith('moved')) return null;
  // The signature is told; the tasks that came of it stand in their list.
  if (change.kind === 'task.set') return null;
  return {
    key: String(change.seq),
    at: change.at,
    words,
    who: actorText(change.actorName),
    incidentId: change.incidentId,
  };
}

/** Lines for a console that has just opened: the latest states of what it holds. */
export function openingLines(limit: number): LogLine[] {
  const incidents = live.store
    .rows('incident')
    .map((row) => ({ at: row.statusSince, subject: 'incident', row, incidentId: row.id }));
  const assignments = live.store
    .rows('assignment')
    .map((row) => ({ at: row.statusSince, subject: 'assignment', row, incidentId: row.incidentId }));
  return [...incidents, ...assignments]
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, limit)
    .map(({ at, subject, row, incidentId }) => ({
      key: row.id,
      at,
      words: (TELL[subject as Subject] as (each: unknown) => string)(row),
      who: null,
      incidentId,
    }));
}
