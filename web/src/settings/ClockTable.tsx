import { type FormEvent, useState } from 'react';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import { CLOCKS } from '../../../src/settings/settings.dto.js';
import { useCommand } from '../api/use-command.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { live } from '../live/live.js';
import { ReasonAct, Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';
import { type Standing, standings } from './limits.js';
import { secondsOf, spanText } from './span.rules.js';

type Row = Standing & { aboveS: number };

/** Every clock with what counts now, where that comes from, and what would count without an own limit. */
export function ClockTable({ society }: { society: SocietyDto }) {
  const rows = useLive(['clock-setting', 'society'], (store) => standings(store, society.id), [society.id]);
  return (
    <div className="admin-scroll" tabIndex={0} role="group" aria-label={t('settings.title')}>
      <table className="admin-table">
        <thead>
          <tr>
            {['clock', 'now', 'own', 'above', 'usual', 'bounds', 'acts'].map((column) => (
              <th key={column} scope="col">
                {t(`settings.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ClockRow key={row.key} society={society} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sourceOf({ from, own }: Row): string {
  if (own && own.valueS !== null) return t('settings.own');
  return from === null ? t('settings.usual') : t('settings.from', { society: live.store.row('society', from)?.shortName }); // prettier-ignore
}

function ClockRow({ society, row }: { society: SocietyDto; row: Row }) {
  const [open, setOpen] = useState(false);
  const { usualS, leastS, mostS } = CLOCKS[row.key];
  const name = t(`clock-name.${row.key}`);
  return (
    <>
      <tr data-clock={row.key}>
        <th scope="row">{name}</th>
        <td data-label={t('settings.column.now')}>
          <span>
            <b className="numeric">{spanText(row.valueS)}</b> <span className="quiet">{sourceOf(row)}</span>
          </span>
        </td>
        <td data-label={t('settings.column.own')}>
          {row.own ? (
            <span>
              <span className="numeric">
                {row.own.valueS === null ? t('settings.given-up') : spanText(row.own.valueS)}
              </span>
              <span className="admin-note quiet">
                {t('settings.said', { who: row.own.setBy, at: stamp(row.own.setAt), reason: row.own.reason })}
              </span>
            </span>
          ) : (
            <span className="quiet">{t('settings.none')}</span>
          )}
        </td>
        <td className="numeric" data-label={t('settings.column.above')}>
          {spanText(row.aboveS)}
        </td>
        <td className="numeric" data-label={t('settings.column.usual')}>
          {spanText(usualS)}
        </td>
        <td className="numeric" data-label={t('settings.column.bounds')}>
          {spanText(leastS)}–{spanText(mostS)}
        </td>
        <td>
          <button
            type="button"
            className="button"
            aria-expanded={open}
            aria-label={t('settings.change-of', { clock: name })}
            onClick={() => setOpen(!open)}
          >
            {t(open ? 'act.back' : 'settings.change')}
          </button>
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={7}>
            <ClockForm society={society} row={row} name={name} done={() => setOpen(false)} />
          </td>
        </tr>
      )}
    </>
  );
}

type FormProps = { society: SocietyDto; row: Row; name: string; done: () => void };

/** A limit of one's own with its reason; beside it the way back to what is above. */
function ClockForm({ society, row, name, done }: FormProps) {
  const [text, setText] = useState(spanText(row.valueS));
  const [reason, setReason] = useState('');
  const { busy, problem, send } = useCommand();
  const { leastS, mostS } = CLOCKS[row.key];
  const path = `/clock-settings/${society.id}/${row.key}`;
  const valueS = secondsOf(text);
  const isWithin = valueS !== null && valueS >= leastS && valueS <= mostS;
  const fault = isWithin ? null : t('settings.bounds', { least: spanText(leastS), most: spanText(mostS) });
  const version = row.own?.version ?? 0;
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(path, { valueS, version, reason: reason.trim() }, 'PUT'))) return;
    say(t('settings.said-set', { clock: name, limit: spanText(valueS!) }));
    done();
  };
  return (
    <div className="admin-form">
      <form className="admin-line" onSubmit={(event) => void keep(event)}>
        <TextField label={t('settings.limit')} value={text} set={setText} fault={fault} required focus />
        <TextField label={t('settings.reason')} value={reason} set={setReason} required />
        <Refusal problem={problem} />
        <Submit
          label={t('settings.set')}
          look="primary"
          busy={busy}
          lacks={fault ?? (reason.trim() === '' ? t('settings.reason-lacks') : null)}
        />
      </form>
      {row.own && row.own.valueS !== null && (
        <ReasonAct
          label={t('settings.reset')}
          path={`${path}/reset`}
          body={{ version }}
          said={t('settings.said-reset', { clock: name, limit: spanText(row.aboveS) })}
          done={done}
        />
      )}
    </div>
  );
}
