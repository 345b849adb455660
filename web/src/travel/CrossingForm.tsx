import { type FormEvent, useState } from 'react';
import { useCommand } from '../api/use-command.js';
import { t } from '../i18n/i18n.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { contentOf, type CrossingDraft, type EndDraft } from './crossing.rules.js';

type Props = { start: CrossingDraft; path: string; held: object; method: 'POST' | 'PUT'; done: () => void };
type Change = (part: Partial<CrossingDraft>) => void;

/** A ferry or a bridge with its two ends, minutes and limits. A bridge has no departures. */
export function CrossingForm({ start, path, held, method, done }: Props) {
  const [draft, setDraft] = useState(start);
  const { busy, problem, send } = useCommand();
  const change: Change = (part) => setDraft((before) => ({ ...before, ...part }));
  const read = contentOf(draft);
  const fault = 'fault' in read ? t(read.fault === 'lacks' ? 'travel.lacks' : `travel.fault.${read.fault}`) : null;
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    if ('fault' in read || !(await send(path, { ...held, ...read.content }, method))) return;
    say(t('travel.said-saved', { name: read.content.name }));
    done();
  };
  return (
    <form className="admin-line" onSubmit={(event) => void keep(event)}>
      <div className="travel-fields">
        <SelectField
          label={t('travel.kind')}
          value={draft.kind}
          set={(kind) => change({ kind: kind as CrossingDraft['kind'] })}
          options={(['ferry', 'bridge'] as const).map((value) => ({ value, words: t(`travel.kind.${value}`) }))}
        />
        <TextField
          label={t('travel.name')}
          value={draft.name}
          set={(name) => change({ name })}
          maxLength={80}
          required
        />
      </div>
      <EndFields label={t('travel.from')} end={draft.from} set={(from) => change({ from })} />
      <EndFields label={t('travel.to')} end={draft.to} set={(to) => change({ to })} />
      <TimeFields draft={draft} change={change} />
      <TextField label={t('travel.source')} value={draft.source} set={(source) => change({ source })} required />
      <Refusal problem={problem} />
      <Submit label={t('travel.save')} look="primary" busy={busy} lacks={fault} />
    </form>
  );
}

function EndFields({ label, end, set }: { label: string; end: EndDraft; set: (end: EndDraft) => void }) {
  const names = { end: label };
  return (
    <div className="travel-fields">
      <TextField label={label} value={end.name} set={(name) => set({ ...end, name })} maxLength={80} required />
      <TextField label={t('travel.lon', names)} type="code" value={end.lon} set={(lon) => set({ ...end, lon })} required />
      <TextField label={t('travel.lat', names)} type="code" value={end.lat} set={(lat) => set({ ...end, lat })} required />
      <TextField label={t('travel.island', names)} value={end.island} set={(island) => set({ ...end, island })} maxLength={80} />
    </div>
  );
} // prettier-ignore

function TimeFields({ draft, change }: { draft: CrossingDraft; change: Change }) {
  const isFerry = draft.kind === 'ferry';
  return (
    <div className="travel-fields">
      <TextField label={t('travel.crossing-min')} type="units" value={draft.crossingMin} set={(crossingMin) => change({ crossingMin })} required />
      {isFerry && (
        <>
          <TextField label={t('travel.headway')} type="units" value={draft.headwayMin} set={(headwayMin) => change({ headwayMin })} />
          <TextField label={t('travel.first')} type="code" value={draft.first} set={(first) => change({ first })} />
          <TextField label={t('travel.last')} type="code" value={draft.last} set={(last) => change({ last })} />
        </>
      )}
      <SelectField
        label={t('travel.vehicles')}
        value={draft.vehicles}
        set={(vehicles) => change({ vehicles: vehicles as CrossingDraft['vehicles'] })}
        options={(['yes', 'no'] as const).map((value) => ({ value, words: t(`travel.vehicles.${value}`) }))}
      />
      {draft.vehicles === 'yes' && (
        <TextField label={t('travel.tonnes')} type="units" value={draft.tonnes} set={(tonnes) => change({ tonnes })} />
      )}
    </div>
  );
} // prettier-ignore
