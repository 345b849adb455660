import type { FormEvent } from 'react';
import type { SupplyOrderDto } from '../../../src/dispatch/dispatch.dto.js';
import { useCommand } from '../api/use-command.js';
import { useDraft } from '../app/drafts.js';
import { count } from '../i18n/format.js';
import { named, t, unitOf } from '../i18n/i18n.js';
import { live } from '../live/live.js';
import { Field } from '../parts/Field.js';
import { Refusal } from '../parts/Refusal.js';
import { say } from '../parts/toast.js';
import './keeper.css';
import './messages.js';
import { difference, receiveBody, wholeCount, withFigure } from './receive.rules.js';
import type { Count, Counts, Part } from './receive.rules.js';

const PARTS: Part[] = ['receivedUnits', 'damagedUnits', 'missingUnits'];
const EMPTY: { receiverName: string; counts: Counts } = { receiverName: '', counts: {} };
const figure = (text: string): number => Math.max(0, Math.trunc(Number(text) || 0));

/**
 * Signs for a shipment: whole by default, so only what is damaged or missing is typed. For the keeper of the other side and, on
 * behalf of a receiver at the phone, for the duty officer.
 */
export function ReceiveForm({ order, done }: { order: SupplyOrderDto; done?: () => void }) {
  const { values, change, discard } = useDraft(`receive.${order.id}`, EMPTY);
  const { busy, problem, send } = useCommand();
  const countOf = (line: SupplyOrderDto['lines'][number]): Count =>
    values.counts[line.id] ?? wholeCount(line.shippedUnits);
  const open = order.lines.filter((line) => difference(countOf(line), line.shippedUnits) !== 0).length;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = receiveBody(order, values.receiverName, values.counts);
    if (!(await send(`/supply-orders/${order.id}/receive`, body))) return;
    discard();
    say(t('receive.said', { number: order.number, name: body.receiverName }));
    done?.();
  };
  return (
    <form className="keeper-form receive-form" onSubmit={(event) => void submit(event)}>
      <h3>{t('receive.title', { number: order.number })}</h3>
      <CountTable
        order={order}
        countOf={countOf}
        set={(lineId, held) => change({ counts: { ...values.counts, [lineId]: held } })}
      />
      <Field label={t('receive.receiver')} required>
        <input
          className="input"
          value={values.receiverName}
          maxLength={80}
          required
          autoComplete="off"
          onChange={(event) => change({ receiverName: event.target.value })}
        />
      </Field>
      <Refusal problem={problem} />
      <button
        type="submit"
        className="button primary huge"
        disabled={busy || open > 0 || values.receiverName.trim() === ''}
      >
        {open > 0 ? t('receive.open', { count: open }) : t('receive.sign')}
      </button>
    </form>
  );
}

type TableProps = {
  order: SupplyOrderDto;
  countOf: (line: SupplyOrderDto['lines'][number]) => Count;
  set: (lineId: string, held: Count) => void;
};

function CountTable({ order, countOf, set }: TableProps) {
  return (
    <table className="keeper-table">
      <thead>
        <tr>
          <th scope="col">{t('keeper.item')}</th>
          <th scope="col">{t('keeper.shipped')}</th>
          {PARTS.map((part) => (
            <th key={part} scope="col">
              {t(`receive.${part}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="numeric">
        {order.lines.map((line) => (
          <CountRow key={line.id} line={line} held={countOf(line)} set={(held) => set(line.id, held)} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { line: SupplyOrderDto['lines'][number]; held: Count; set: (held: Count) => void };

function CountRow({ line, held, set }: RowProps) {
  const item = live.store.row('item', line.itemId);
  const off = difference(held, line.shippedUnits);
  return (
    <>
      <tr>
        <th scope="row">{named(item)}</th>
        <td>{count(line.shippedUnits)}</td>
        {PARTS.map((part) => (
          <td key={part}>
            <input
              className="input"
              inputMode="numeric"
              aria-label={`${named(item)} ${t(`receive.${part}`)}`}
              aria-invalid={off !== 0}
              value={held[part]}
              onFocus={(event) => event.target.select()}
              onChange={(event) => set(withFigure(held, part, figure(event.target.value), line.shippedUnits))}
            />
          </td>
        ))}
      </tr>
      {off !== 0 && (
        <tr>
          <td colSpan={PARTS.length + 2} className="field-fault-row">
            {t(off > 0 ? 'receive.short' : 'receive.over', { units: count(Math.abs(off)), unit: unitOf(item) })}
          </td>
        </tr>
      )}
    </>
  );
}
