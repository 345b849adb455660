import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { SPECIALITIES } from '../../../src/rescue-teams/rescue-teams.dto.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { problemOf, request } from '../api/http.js';
import { newId } from '../api/ids.js';
import { useCommand } from '../api/use-command.js';
import { named, t, unitOf } from '../i18n/i18n.js';
import { useRows } from '../live/hooks.js';
import { Refusal } from '../parts/Refusal.js';
import { say } from '../parts/toast.js';
import { draftOf, needsOf } from './needs-draft.rules.js';
import type { NeedsDraft, Priority } from './needs-draft.rules.js';
import { NeedsEstimateForm } from './NeedsEstimateForm.js';
import { Coverage } from './Overview.js';

const PRIORITIES: Priority[] = [1, 2, 3];

/** What the incident needs, people and goods. Saved as a whole; a colleague's newer version is shown, not overwritten. */
export function NeedsEditor({ incident }: { incident: IncidentDto }) {
  const [edit, setEdit] = useState<{ draft: NeedsDraft; version: number } | null>(null);
  const { busy, problem, send, clear } = useCommand();
  const draft = edit?.draft ?? draftOf(incident.needs);
  // While it is on its way the newer version is most likely this very saving; a colleague's is refused, and then named.
  const stale = edit !== null && !busy && edit.version !== incident.version;
  const change = (next: NeedsDraft) => setEdit({ draft: next, version: edit?.version ?? incident.version });
  const discard = () => {
    setEdit(null);
    clear();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { version: edit?.version ?? incident.version, ...needsOf(draft, incident.needs) };
    const saved = await send<IncidentDto>(`/incidents/${incident.id}/needs`, body, 'PUT');
    if (!saved) return;
    // What was typed since the press builds on what was saved by it.
    setEdit((held) => (held === edit ? null : held && { ...held, version: saved.version }));
    say(t('said.needs', { title: incident.title }), {
      label: t('said.undo'),
      act: () => void restoreNeeds(saved, incident.needs),
    });
  };
  return (
    <div className="needs panel-scroll">
      <form onSubmit={(event) => void submit(event)} className="form-body">
        {stale && <StaleNotice keep={() => setEdit({ draft, version: incident.version })} discard={discard} />}
        <CapabilityLines draft={draft} change={change} />
        <ItemLines draft={draft} change={change} />
        <Refusal problem={problem} />
        <div className="form-row">
          <button type="submit" className="button primary" disabled={busy || edit === null}>
            {t('needs.save')}
          </button>
          {edit && (
            <button type="button" className="button" onClick={discard}>
              {t('needs.undo')}
            </button>
          )}
        </div>
      </form>
      <div className="form-body">
        <h3>{t('needs.coverage')}</h3>
        <Coverage incident={incident} />
        <NeedsEstimateForm incident={incident} draft={draft} change={change} />
      </div>
    </div>
  );
}

function StaleNotice({ keep, discard }: { keep: () => void; discard: () => void }) {
  return (
    <p className="notice warning" role="status">
      {t('needs.stale')}{' '}
      <button type="button" className="button small" onClick={keep}>
        {t('needs.keep-mine')}
      </button>
      <button type="button" className="button small" onClick={discard}>
        {t('needs.take-theirs')}
      </button>
    </p>
  );
}

/** Takes a saving back (C-24). It may come after the editor has gone, so it says itself when a colleague was faster. */
async function restoreNeeds({ id, title, version }: IncidentDto, { capabilities, items }: IncidentDto['needs']) {
  try {
    await request('PUT', `/incidents/${id}/needs`, { body: { version, capabilities, items }, key: newId() });
    say(t('said.needs-undone', { title }));
  } catch (error) {
    say(t('said.undo-refused', { why: problemOf(error).words }));
  }
}

type LinesProps = { draft: NeedsDraft; change: (draft: NeedsDraft) => void };
const replaced = <L,>(lines: L[], at: number, part: Partial<L>): L[] =>
  lines.map((line, index) => (index === at ? { ...line, ...part } : line));
const without = <L,>(lines: L[], at: number): L[] => lines.filter((_, index) => index !== at);

function CapabilityLines({ draft, change }: LinesProps) {
  const set = (capabilities: NeedsDraft['capabilities']) => change({ ...draft, capabilities });
  return (
    <fieldset className="need-lines">
      <legend>{t('needs.capabilities')}</legend>
      {draft.capabilities.map((line, at) => (
        <NeedLine
          key={at}
          amount={line.headcount}
          unit={t('needs.people')}
          priority={line.priority}
          setAmount={(headcount) => set(replaced(draft.capabilities, at, { headcount }))}
          setPriority={(priority) => set(replaced(draft.capabilities, at, { priority }))}
          remove={() => set(without(draft.capabilities, at))}
        >
          <select
            className="input"
            aria-label={t('needs.speciality')}
            value={line.speciality}
            onChange={(event) => set(replaced(draft.capabilities, at, { speciality: event.target.value }))}
          >
            {SPECIALITIES.map((each) => (
              <option key={each} value={each}>
                {t(`speciality.${each}`)}
              </option>
            ))}
          </select>
        </NeedLine>
      ))}
      <button
        type="button"
        className="button small"
        onClick={() => set([...draft.capabilities, { speciality: 'search-rescue', headcount: '', priority: 2 }])}
      >
        {t('needs.add-capability')}
      </button>
    </fieldset>
  );
}

function ItemLines({ draft, change }: LinesProps) {
  const items = useRows('item');
  const set = (lines: NeedsDraft['items']) => change({ ...draft, items: lines });
  return (
    <fieldset className="need-lines">
      <legend>{t('needs.items')}</legend>
      {draft.items.map((line, at) => (
        <NeedLine
          key={at}
          amount={line.units}
          unit={unitOf(items.find((item) => item.id === line.itemId))}
          priority={line.priority}
          setAmount={(units) => set(replaced(draft.items, at, { units }))}
          setPriority={(priority) => set(replaced(draft.items, at, { priority }))}
          remove={() => set(without(draft.items, at))}
        >
          <select
            className="input"
            aria-label={t('stock.item')}
            value={line.itemId}
            onChange={(event) => set(replaced(draft.items, at, { itemId: event.target.value }))}
          >
            {items.map((item) => (
              <option key={item.id} value={item.id}>
                {item.code} {named(item)}
              </option>
            ))}
          </select>
        </NeedLine>
      ))}
      <button
        type="button"
        className="button small"
        onClick={() => set([...draft.items, { itemId: items[0]?.id ?? '', units: '', priority: 2 }])}
      >
        {t('needs.add-item')}
      </button>
    </fieldset>
  );
}

function NeedLine(props: {
  children: ReactNode;
  amount: string;
  unit: string;
  priority: Priority;
  setAmount: (text: string) => void;
  setPriority: (priority: Priority) => void;
  remove: () => void;
}) {
  return (
    <div className="need-line">
      {props.children}
      <input
        className="input numeric"
        inputMode="numeric"
        pattern="[0-9]*"
        aria-label={t('needs.amount')}
        value={props.amount}
        onChange={(event) => props.setAmount(event.target.value)}
      />
      <span className="quiet">{props.unit}</span>
      <select
        className="input"
        aria-label={t('needs.priority')}
        value={props.priority}
        onChange={(event) => props.setPriority(Number(event.target.value) as Priority)}
      >
        {PRIORITIES.map((each) => (
          <option key={each} value={each}>
            {t(`priority.${each}`)}
          </option>
        ))}
      </select>
      <button type="button" className="button small bare" onClick={props.remove} aria-label={t('needs.remove')}>
        ✕
      </button>
    </div>
  );
}
