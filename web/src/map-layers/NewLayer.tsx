import { lazy, Suspense, useRef, useState } from 'react';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import { LAYER_LIMITS, type MapLayerDto, type PreviewDto } from '../../../src/map-layers/map-layers.dto.js';
import { problemOf, type ProblemError } from '../api/http.js';
import { newId } from '../api/ids.js';
import { go } from '../app/routes.js';
import { count } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { serverNow } from '../live/clock.js';
import { dayOf } from '../map/layers.rules.js';
import { Submit } from '../parts/Act.js';
import { Field } from '../parts/Field.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { DATUMS, type Draft, keepLacks, previewLacks, USUAL_TOLERANCE_M } from './draft.rules.js';
import { sendFile } from './upload.js';

const PreviewMap = lazy(() => import('./PreviewMap.js'));
type Step = { draft: Draft; change: (part: Partial<Draft>) => void; busy: boolean };

/** Brings a layer in: the file and what it is, a look at it on the map, then its name and whose it is. Nothing is kept before the last step. */
export function NewLayer({ society }: { society: SocietyDto }) {
  const [draft, setDraft] = useState<Draft>(() => emptyDraft());
  const [file, setFile] = useState<File | null>(null);
  const [seen, setSeen] = useState<PreviewDto | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [busy, setBusy] = useState(false);
  const id = useRef(newId());
  const change = (part: Partial<Draft>) => {
    setDraft((held) => ({ ...held, ...part }));
    // What was seen is no longer what would be kept.
    if ('datum' in part || 'toleranceM' in part) setSeen(null);
  };
  const send = async (act: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    await act().catch((error: unknown) => setProblem(problemOf(error)));
    setBusy(false);
  };
  const reading = { societyId: society.id, datum: draft.datum, toleranceM: draft.toleranceM };
  const preview = () => send(async () => setSeen(await sendFile<PreviewDto>('/map-layers/preview', file!, reading)));
  const keep = () =>
    send(async () => {
      const { name, provider, approvalNo, validFrom, validUntil } = draft;
      const more = { name, provider, approvalNo: approvalNo.trim(), validFrom, validUntil, fileName: file!.name.slice(0, 80) }; // prettier-ignore
      const layer = await sendFile<MapLayerDto>('/map-layers', file!, { ...reading, ...more, id: id.current });
      say(t('layers.said-added', { name: layer.name }));
      go('layers');
    });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setSeen(null);
    setProblem(null);
    id.current = newId();
  };
  const step = { draft, change, busy };
  return (
    <>
      <h2>{t('layers.new')}</h2>
      <p>{t('layers.formats')}</p>
      <FileStep {...step} file={file} choose={choose} preview={preview} />
      <Refusal problem={problem} />
      {problem?.errors[0]?.pointer && (
        <p className="quiet">{t('layers.where', { pointer: problem.errors[0].pointer.slice(0, 120) })}</p>
      )}
      {seen && <Seen seen={seen} toleranceM={draft.toleranceM} />}
      {seen && <KeepStep {...step} keep={keep} />}
    </>
  );
}

const emptyDraft = (): Draft => ({
  datum: '', toleranceM: USUAL_TOLERANCE_M, name: '', provider: '', approvalNo: '', validFrom: dayOf(serverNow()), validUntil: '',
}); // prettier-ignore

type FileProps = Step & { file: File | null; choose: (file: File | null) => void; preview: () => Promise<void> };

/** The datum has no default: nobody may pass it by, because a wrong one moves everything by half a kilometre. */
function FileStep({ draft, change, busy, file, choose, preview }: FileProps) {
  const lacks = previewLacks(file, draft, LAYER_LIMITS);
  return (
    <form
      className="admin-form"
      onSubmit={(event) => {
        event.preventDefault();
        void preview();
      }}
    >
      <h3>{t('layers.step.file')}</h3>
      <div className="admin-fields">
        <Field label={t('layers.file')} required hint={t('layers.file-hint', { mb: LAYER_LIMITS.bytes / 1_000_000 })}>
          <input
            className="input"
            type="file"
            accept=".geojson,.json,.topojson,application/geo+json,application/json"
            onChange={(event) => choose(event.target.files?.[0] ?? null)}
          />
        </Field>
        <SelectField
          label={t('layers.datum')}
          required
          value={draft.datum}
          set={(datum) => change({ datum: datum as Draft['datum'] })}
          none={t('form.choose')}
          options={DATUMS.map((datum) => ({ value: datum, words: t(`layers.datum.${datum}`) }))}
          hint={t('layers.datum-hint')}
        />
        <TextField
          label={t('layers.tolerance')}
          type="units"
          value={draft.toleranceM}
          set={(toleranceM) => change({ toleranceM })}
          hint={t('layers.tolerance-hint')}
        />
      </div>
      <Submit label={t('layers.preview')} look="primary" busy={busy} lacks={lacks && t(lacks)} />
    </form>
  );
}

/** What was read, in figures and on the map. */
function Seen({ seen, toleranceM }: { seen: PreviewDto; toleranceM: string }) {
  const { shapes, extent, features, sourceVertices, vertices, droppedRings } = seen;
  return (
    <section aria-label={t('layers.step.look')}>
      <h3>{t('layers.step.look')}</h3>
      <p className="admin-figures">
        <span>{t('layers.figures', { features: count(features), from: count(sourceVertices), to: count(vertices), m: toleranceM })}</span>
        {droppedRings > 0 && <span>{t('layers.dropped', { count: count(droppedRings) })}</span>}
        <span className="quiet">
          {t('layers.extent', { west: extent[0], south: extent[1], east: extent[2], north: extent[3] })}
        </span>
      </p>
      <Suspense fallback={<Loading />}>
        <PreviewMap shapes={shapes} extent={extent} />
      </Suspense>
    </section>
  ); // prettier-ignore
}

function KeepStep({ draft, change, busy, keep }: Step & { keep: () => Promise<void> }) {
  const lacks = keepLacks(draft);
  return (
    <form
      className="admin-form"
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <h3>{t('layers.step.keep')}</h3>
      <div className="admin-fields">
        <TextField label={t('layers.name')} value={draft.name} set={(name) => change({ name })} maxLength={80} required />
        <TextField
          label={t('layers.provider')}
          value={draft.provider}
          set={(provider) => change({ provider })}
          maxLength={80}
          required
          hint={t('layers.provider-hint')}
        />
        <TextField
          label={t('layers.approval')}
          value={draft.approvalNo}
          set={(approvalNo) => change({ approvalNo })}
          maxLength={40}
          hint={t('layers.approval-hint')}
        />
        <TextField label={t('layers.from')} type="date" value={draft.validFrom} set={(validFrom) => change({ validFrom })} required />
        <TextField label={t('layers.until')} type="date" value={draft.validUntil} set={(validUntil) => change({ validUntil })} />
      </div>
      <Submit label={t('layers.keep')} look="primary" busy={busy} lacks={lacks && t(lacks)} />
    </form>
  ); // prettier-ignore
}
