import { useState } from 'react';
import type { FormEvent } from 'react';
import type { IncidentDto, SituationReportDto } from '../../../src/incidents/incidents.dto.js';
import { useCommand } from '../api/use-command.js';
import { useFetched } from '../api/use-fetched.js';
import { useDraft } from '../app/drafts.js';
import { deskInstant, deskTime } from '../i18n/desk-time.rules.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { serverNow } from '../live/clock.js';
import { Choices, Field } from '../parts/Field.js';
import { Refusal } from '../parts/Refusal.js';
import { say } from '../parts/toast.js';
import { FIGURES, figuresOf } from './figures.rules.js';

const STAGES = ['first', 'follow-up', 'verified'] as const;
const CHANNELS = ['written', 'phone'] as const;
type Draft = {
  stage: (typeof STAGES)[number];
  channel: (typeof CHANNELS)[number];
  asOf: string;
  note: string;
  correctionReason: string;
  fields: Record<string, string>;
};
const EMPTY: Draft = { stage: 'follow-up', channel: 'written', asOf: '', note: '', correctionReason: '', fields: {} };

/** The report as the server takes it; `asOf` is desk time. */
const reportOf = (values: Draft, asOf: string) => ({
  stage: values.stage,
  channel: values.channel,
  asOf: deskInstant(asOf) ?? '',
  figures: figuresOf(values.fields),
  note: values.note.trim(),
  ...(values.correctionReason.trim() ? { correctionReason: values.correctionReason.trim() } : {}),
});

/** A situation report: figures as of a time. Empty means not reported; a fall in a figure needs a reason. */
export function SituationForm({ incident }: { incident: IncidentDto }) {
  const [open, setOpen] = useState(false);
  const { values, change, discard } = useDraft(`situation.${incident.id}`, EMPTY);
  const { busy, problem, send } = useCommand();
  if (!open) {
    return (
      <>
        <button type="button" className="button" onClick={() => setOpen(true)}>
          {t('situation.open')}
        </button>
        <PastReports incident={incident} />
      </>
    );
  }
  const asOf = values.asOf || deskTime(serverNow());
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await send<SituationReportDto>(`/incidents/${incident.id}/situation-reports`, reportOf(values, asOf));
    if (!done) return;
    discard();
    setOpen(false);
    say(t('said.situation', { title: incident.title }));
  };
  return (
    <form className="situation form-body" onSubmit={(event) => void submit(event)} aria-label={t('situation.open')}>
      <Kind values={values} change={change} />
      <Field label={t('situation.as-of')}>
        <input
          className="input"
          type="datetime-local"
          value={asOf}
          required
          onChange={(event) => change({ asOf: event.target.value })}
        />
      </Field>
      <FigureFields incident={incident} fields={values.fields} change={change} />
      <Notes values={values} change={change} />
      <Refusal problem={problem} />
      <div className="form-row">
        <button type="submit" className="button primary" disabled={busy}>
          {t('situation.send')}
        </button>
        <button type="button" className="button" onClick={() => setOpen(false)}>
          {t('act.cancel')}
        </button>
      </div>
    </form>
  );
}

type Change = (part: Partial<Draft>) => void;

/** Which report it is, and how it goes. */
function Kind({ values, change }: { values: Draft; change: Change }) {
  return (
    <>
      <Choices
        legend={t('situation.stage')}
        name="stage"
        values={STAGES}
        value={values.stage}
        choose={(stage) => change({ stage })}
        words={(stage) => t(`situation-stage.${stage}`)}
      />
      <Choices
        legend={t('situation.channel')}
        name="channel"
        values={CHANNELS}
        value={values.channel}
        choose={(channel) => change({ channel })}
        words={(channel) => t(`situation-channel.${channel}`)}
      />
    </>
  );
}

/** An empty field shows the last figure and means "not reported". */
function FigureFields({
  incident,
  fields,
  change,
}: {
  incident: IncidentDto;
  fields: Draft['fields'];
  change: Change;
}) {
  return (
    <div className="figure-fields">
      {FIGURES.map((name) => (
        <Field key={name} label={t(`figure.${name}`)}>
          <input
            className="input numeric"
            inputMode="numeric"
            placeholder={incident.figures[name] === undefined ? '' : String(incident.figures[name])}
            value={fields[name] ?? ''}
            onChange={(event) => change({ fields: { ...fields, [name]: event.target.value } })}
          />
        </Field>
      ))}
    </div>
  );
}

function Notes({ values, change }: { values: Draft; change: Change }) {
  return (
    <>
      <Field label={t('situation.note')}>
        <textarea
          className="input"
          value={values.note}
          maxLength={4000}
          onChange={(event) => change({ note: event.target.value })}
        />
      </Field>
      <Field label={t('situation.correction')} hint={t('situation.correction-hint')}>
        <input
          className="input"
          value={values.correctionReason}
          maxLength={400}
          onChange={(event) => change({ correctionReason: event.target.value })}
        />
      </Field>
    </>
  );
}

/** Reports are facts that stay; a correction is a further report. */
function PastReports({ incident }: { incident: IncidentDto }) {
  const { data } = useFetched<{ items: SituationReportDto[] }>(
    `/incidents/${incident.id}/situation-reports`,
    incident.version,
  );
  if (!data || data.items.length === 0) return null;
  return (
    <section>
      <h3>{t('situation.past')}</h3>
      <ul className="reports">
        {[...data.items]
          .sort((a, b) => b.serial - a.serial)
          .map((report) => (
            <li key={report.id}>
              {t('situation.line', {
                serial: report.serial,
                stage: `${t(`situation-stage.${report.stage}`)} (${t(`situation-channel.${report.channel}`)})`,
                at: stamp(report.asOf),
                by: report.reportedBy,
              })}
              {report.note && <p className="quiet">{report.note}</p>}
            </li>
          ))}
      </ul>
    </section>
  );
}
