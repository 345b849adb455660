import { type FormEvent, useState } from 'react';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import type { CrossingDto } from '../../../src/travel/travel.dto.js';
import { mayAt } from '../access/may.js';
import { useCommand } from '../api/use-command.js';
import { deskInstant } from '../i18n/desk-time.rules.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { Act, Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { PaperRow } from '../relief-stock/parts/PaperList.js';
import { clockText, draftOf, NO_CROSSING } from './crossing.rules.js';
import { CrossingForm } from './CrossingForm.js';

type Props = { society: SocietyDto; crossings: readonly CrossingDto[]; done: () => void };

/** The ferries and bridges that the desk sees; those that it answers for can be changed, suspended and retired. */
export function Crossings({ society, crossings, done }: Props) {
  const [isNew, setNew] = useState(false);
  return (
    <section className="travel-part" aria-labelledby="travel-crossings">
      <h2 id="travel-crossings">{t('travel.crossings')}</h2>
      {crossings.length === 0 && <p className="empty">{t('travel.no-crossings')}</p>}
      <ul className="papers">
        {crossings.map((crossing) => (
          <li key={crossing.id}>
            <CrossingRow crossing={crossing} done={done} />
          </li>
        ))}
      </ul>
      <button type="button" className="button" aria-expanded={isNew} onClick={() => setNew(!isNew)}>
        {t(isNew ? 'act.back' : 'travel.new-crossing')}
      </button>
      {isNew && (
        <CrossingForm
          start={NO_CROSSING}
          path="/travel/crossings"
          held={{ societyId: society.id }}
          method="POST"
          done={() => {
            setNew(false);
            done();
          }}
        />
      )}
    </section>
  );
}

const landText = (island: string | null): string => island ?? t('travel.mainland');

function detailOf({ from, to, crossingMin, headwayMin, firstMin, lastMin, carriesVehicles, maxVehicleT, source }: CrossingDto): string {
  const ends = { from: from.name, fromLand: landText(from.island), to: to.name, toLand: landText(to.island) };
  const time = headwayMin === null ? t('travel.ferry-plain', { crossing: crossingMin }) : t('travel.ferry-line', { crossing: crossingMin, headway: headwayMin });
  const hours = firstMin === null || lastMin === null ? t('travel.all-day') : t('travel.hours', { first: clockText(firstMin), last: clockText(lastMin) });
  const load = !carriesVehicles ? t('travel.on-foot') : maxVehicleT === null ? t('travel.no-limit') : t('travel.up-to', { t: maxVehicleT });
  return [t('travel.ends', ends), time, hours, load, source].join(' · ');
} // prettier-ignore

function stateOf({ suspendedFrom, suspendedUntil, suspendedReason }: CrossingDto): string {
  if (suspendedFrom === null) return t('travel.running');
  const until = suspendedUntil === null ? '' : t('travel.until', { at: stamp(suspendedUntil) });
  return t('travel.suspended', { reason: suspendedReason, from: stamp(suspendedFrom), until });
}

function CrossingRow({ crossing, done }: { crossing: CrossingDto; done: () => void }) {
  const [open, setOpen] = useState<'change' | 'suspend' | null>(null);
  const { id, name, version, societyId, suspendedFrom } = crossing;
  const path = `/travel/crossings/${id}`;
  const close = () => {
    setOpen(null);
    done();
  };
  const toggle = (form: 'change' | 'suspend') => (
    <button
      type="button"
      className="button"
      aria-expanded={open === form}
      onClick={() => setOpen(open === form ? null : form)}
    >
      {t(`travel.${form}`, { name })}
    </button>
  );
  return (
    <PaperRow
      title={`${t(`travel.kind.${crossing.kind}`)} ${name}`}
      aside={stateOf(crossing)}
      detail={detailOf(crossing)}
    >
      {mayAt(live.store, 'travel.manage', societyId) && (
        <>
          {suspendedFrom === null ? (
            toggle('suspend')
          ) : (
            <Act
              look="plain"
              label={t('travel.resume', { name })}
              path={`${path}/resume`}
              body={{ version }}
              said={t('travel.said-resumed', { name })}
              done={done}
            />
          )}
          {toggle('change')}
          <Act
            look="plain"
            label={t('travel.retire', { name })}
            path={`${path}/retire`}
            body={{ version }}
            said={t('travel.said-retired', { name })}
            done={done}
          />
          {open === 'suspend' && <SuspendForm crossing={crossing} done={close} />}
          {open === 'change' && (
            <CrossingForm start={draftOf(crossing)} path={path} held={{ version }} method="PUT" done={close} />
          )}
        </>
      )}
    </PaperRow>
  );
}

function SuspendForm({ crossing: { id, name, version }, done }: { crossing: CrossingDto; done: () => void }) {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const { busy, problem, send } = useCommand();
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const ends = until === '' ? null : deskInstant(until);
    const body = { version, reason: reason.trim(), ...(ends ? { until: ends } : {}) };
    if (!(await send(`/travel/crossings/${id}/suspend`, body))) return;
    say(t('travel.said-suspended', { name }));
    done();
  };
  return (
    <form className="admin-line" onSubmit={(event) => void keep(event)}>
      <div className="travel-fields">
        <TextField label={t('travel.suspend-reason')} value={reason} set={setReason} required focus />
        <TextField label={t('travel.ends-at')} type="datetime-local" value={until} set={setUntil} />
      </div>
      <Refusal problem={problem} />
      <Submit
        label={t('travel.suspend', { name })}
        look="primary"
        busy={busy}
        lacks={reason.trim() === '' ? t('travel.lacks') : null}
      />
    </form>
  );
}
