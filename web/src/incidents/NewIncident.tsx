import { useEffect, useRef } from 'react';
import type { FormEvent } from 'react';
import { SPECIALITIES } from '../../../src/rescue-teams/rescue-teams.dto.js';
import { INCIDENT_KINDS } from '../../../src/incidents/incidents.dto.js';
import type { IncidentDto } from '../../../src/incidents/incidents.dto.js';
import { maySomewhere } from '../access/may.js';
import { useSession } from '../access/session.js';
import { newId } from '../api/ids.js';
import { useCommand } from '../api/use-command.js';
import { useDraft } from '../app/drafts.js';
import { go } from '../app/routes.js';
import { desk } from '../desk/desk-state.js';
import { t } from '../i18n/i18n.js';
import { Choices, Field } from '../parts/Field.js';
import { Refusal } from '../parts/Refusal.js';
import { SeverityChip } from '../parts/marks.js';
import { say } from '../parts/toast.js';
import { Duplicates } from './Duplicates.js';
import { PlaceField } from './PlaceField.js';
import { firstNeedOf } from './first-need.rules.js';
import { EMPTY_REPORT, missingIn, needOf, reportOf } from './report.rules.js';
import type { ReportDraft } from './report.rules.js';

const LONGEST_TITLE = 80;
const GRADES = ['I', 'II', 'III', 'IV'] as const;

/** What and where: the leader who is woken reads only this. */
const titleOf = ({ kind, placeText }: ReportDraft): string =>
  t('report.title-of', { kind: t(`kind.${kind}`), place: placeText.trim() }).slice(0, LONGEST_TITLE);

/** One column in the order of the call; every key is kept, and only place and type are needed to send (S2). */
export default function NewIncident() {
  const { values, restored, change, discard } = useDraft('new-incident', EMPTY_REPORT);
  const { busy, problem, send } = useCommand();
  const exercise = desk.use((state) => state.exercise);
  const form = useRef<HTMLFormElement>(null);
  useMapPicking(change);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missingIn(values).length > 0 || busy) return;
    const id = values.id || newId();
    change({ id });
    const done = await send<IncidentDto>('/incidents', {
      ...reportOf({ ...values, id, exercise }),
      title: titleOf(values),
    });
    if (!done) return;
    const need = needOf(values);
    if (need && done.needs.capabilities.length === 0) {
      const capabilities = [{ ...need, priority: 1 }];
      // The incident stands even when this is refused; its needs are then entered on its page.
      await send(`/incidents/${id}/needs`, { version: done.version, capabilities, items: [] }, 'PUT');
    }
    discard();
    desk.set({ picked: null, selectedId: id });
    say(t('said.reported', { place: values.placeText }));
    go(`incidents/${id}`);
  };
  const leave = () => {
    discard();
    desk.set({ picked: null });
    go('');
  };
  return (
    <form
      ref={form}
      className="new-incident"
      aria-label={t('report.title')}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
      }}
    >
      <header className="form-head">
        <h2>{t(exercise ? 'report.title-drill' : 'report.title')}</h2>
        <span className="quiet">{t(restored ? 'report.restored' : 'report.kept')}</span>
      </header>
      <div className="form-body">
        <Caller values={values} change={change} />
        <PlaceField values={values} change={change} />
        <Duplicates lon={values.lon} lat={values.lat} />
        <WhatHappened values={values} change={change} />
        <Refusal problem={problem} />
      </div>
      <Foot values={values} busy={busy} leave={leave} />
    </form>
  );
}

type Part = { values: ReportDraft; change: (part: Partial<ReportDraft>) => void };

function Caller({ values, change }: Part) {
  return (
    <div className="pair">
      <Field label={t('report.phone')}>
        <input
          className="input numeric"
          type="tel"
          value={values.phone}
          autoFocus
          onChange={(event) => change({ phone: event.target.value })}
        />
      </Field>
      <Field label={t('report.caller')}>
        <input
          className="input"
          value={values.caller}
          maxLength={80}
          onChange={(event) => change({ caller: event.target.value })}
        />
      </Field>
    </div>
  );
}

function WhatHappened({ values, change }: Part) {
  return (
    <>
      <Choices
        legend={t('report.kind')}
        name="kind"
        required
        digits
        values={INCIDENT_KINDS}
        value={values.kind}
        choose={(kind) => change({ kind })}
        words={(kind) => t(`kind.${kind}`)}
      />
      <FirstNeed values={values} change={change} />
      <Field label={t('report.what')}>
        <textarea
          className="input"
          value={values.what}
          maxLength={4000}
          onChange={(event) => change({ what: event.target.value })}
        />
      </Field>
      <Field label={t('report.people')}>
        <input
          className="input"
          inputMode="numeric"
          value={values.people}
          onChange={(event) => change({ people: event.target.value })}
        />
      </Field>
      <Choices
        legend={t('report.severity')}
        name="severity"
        digits
        values={GRADES}
        value={values.severity}
        choose={(severity) => change({ severity })}
        words={(severity) => (
          <>
            <SeverityChip severity={severity} /> <span aria-hidden="true">{t(`severity-short.${severity}`)}</span>
          </>
        )}
      />
    </>
  );
}

function Foot({ values, busy, leave }: { values: ReportDraft; busy: boolean; leave: () => void }) {
  const missing = missingIn(values);
  const may = maySomewhere(useSession().actor, 'incident.report');
  const lacks = missing.map((each) => t(`report.missing-${each}`)).join(' · ') || t('report.send-hint');
  return (
    <footer className="form-foot">
      <button type="submit" className="button primary big" disabled={busy || missing.length > 0 || !may}>
        {t('report.send')}
      </button>
      <span className="quiet" role="status">
        {may ? lacks : t('report.who')}
      </span>
      <button type="button" className="button bare" onClick={leave}>
        {t('report.discard')}
      </button>
    </footer>
  );
}

/** The usual first team of the type, ready to be changed; 0 people means none. */
function FirstNeed({ values, change }: Part) {
  const usual = firstNeedOf(values.kind);
  return (
    <div className="pair">
      <Field label={t('report.first-team')}>
        <select
          className="input"
          value={values.speciality || (usual?.speciality ?? '')}
          onChange={(event) => change({ speciality: event.target.value })}
        >
          <option value="">{t('report.no-team')}</option>
          {SPECIALITIES.map((each) => (
            <option key={each} value={each}>
              {t(`speciality.${each}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('report.headcount')}>
        <input
          className="input numeric"
          inputMode="numeric"
          placeholder={usual ? String(usual.headcount) : ''}
          value={values.headcount}
          onChange={(event) => change({ headcount: event.target.value })}
        />
      </Field>
    </div>
  );
}

/** While the form is open a click on the map is the place. */
function useMapPicking(change: (part: { lon: number; lat: number; sure: boolean }) => void): void {
  useEffect(() => {
    const listen = (): void =>
      desk.set({
        picking: (point) => {
          change({ ...point, sure: true });
          listen();
        },
      });
    listen();
    return () => desk.set({ picking: null, picked: null });
  }, [change]);
}
