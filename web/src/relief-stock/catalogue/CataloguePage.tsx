import { at } from '../../app/world.js';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { GtinDto } from '../../../../src/relief-stock/codes/codes.dto.js';
import { useMatcher } from '../../app/pinyin.js';
import { useCommand } from '../../api/use-command.js';
import { useFetched } from '../../api/use-fetched.js';
import { count } from '../../i18n/format.js';
import { named, t, unitOf } from '../../i18n/i18n.js';
import { useRow, useRows } from '../../live/hooks.js';
import { Submit } from '../../parts/Act.js';
import { Refusal } from '../../parts/Refusal.js';
import { TextField } from '../../parts/TextField.js';
import { say } from '../../parts/toast.js';
import { useBins } from '../parts/BinField.js';
import { PaperList, PaperRow, WorkNav } from '../parts/PaperList.js';
import { useRoleAt } from '../parts/who.js';
import { ItemForm } from './ItemForm.js';
import { PrintLink } from '../../parts/PrintLink.js';

const PAGES = ['', 'new', 'bins'] as const;
const MOST_SHOWN = 100;
const CATALOGUE = ['administrator', 'keeper'] as const;
const MANAGES = ['administrator'] as const;
type PageProps = { warehouseId: string; parts: readonly string[] };

/** Items with the numbers on their packages, new items, and the bins of this warehouse. `#/keeper/catalogue[/new|/bins|/ITEM]` */
export default function CataloguePage({ warehouseId, parts }: PageProps) {
  const open = parts[0] ?? '';
  const known = (PAGES as readonly string[]).includes(open);
  const may = useRoleAt(warehouseId, CATALOGUE);
  return (
    <div className="page">
      <WorkNav
        label={t('work.catalogue')}
        base="keeper/catalogue"
        open={known ? open : ''}
        pages={PAGES.map((key) => ({ key, words: t(`catalogue.page-${key || 'items'}`) }))}
      />
      {open === '' && <Items />}
      {open === 'new' && <ItemForm may={may} />}
      {open === 'bins' && <Bins warehouseId={warehouseId} />}
      {!known && <Item key={open} id={open} may={may} />}
    </div>
  );
}

function Items() {
  const [wanted, setWanted] = useState('');
  const matches = useMatcher(wanted);
  const items = useRows('item')
    .filter(({ code, name, nameEn }) => matches(`${code} ${name} ${nameEn}`))
    .sort((a, b) => a.code.localeCompare(b.code))
    .slice(0, MOST_SHOWN);
  return (
    <>
      <TextField label={t('keeper.find-item')} value={wanted} set={setWanted} />
      <PaperList
        of={{ data: { items }, problem: null, loading: false }}
        empty={t('keeper.no-item')}
        row={(item) => (
          <PaperRow
            href={`#/keeper/catalogue/${item.id}`}
            title={named(item)}
            aside={item.code}
            detail={[
              unitOf(item),
              t('catalogue.weight', { kg: count(item.weightG / 1000) }),
              item.shelfMonths === null
                ? t('keeper.never-expires')
                : t('catalogue.shelf', { months: item.shelfMonths }),
            ].join(' · ')}
          />
        )}
      />
    </>
  );
}

function Item({ id, may }: { id: string; may: boolean }) {
  const item = useRow('item', id);
  const gtins = useFetched<{ items: GtinDto[] }>(`/items/${id}/gtins`);
  return (
    <>
      <h2>
        {named(item)} <small className="quiet">{item?.code}</small>
      </h2>
      <p className="work-nav">
        <PrintLink href={at(`/api/v1/stock/labels/item.pdf?ids=${id}`)}>{t('catalogue.label')}</PrintLink>
        <a className="button" href="#/keeper/kits/packs">
          {t('kits.page-packs')}
        </a>
      </p>
      <h3>{t('catalogue.gtins')}</h3>
      <PaperList
        of={gtins}
        keyOf={({ gtin }) => gtin}
        empty={t('catalogue.no-gtins')}
        row={(one) => (
          <PaperRow title={one.gtin} aside={t('kits.pack-holds', { units: count(one.units), unit: unitOf(item) })} />
        )}
      />
      <AddGtin itemId={id} may={may} done={gtins.reload} />
    </>
  );
}

const GTIN = /^(\d{8}|\d{12,14})$/;

function AddGtin({ itemId, may, done }: { itemId: string; may: boolean; done: () => void }) {
  const [gtin, setGtin] = useState('');
  const [units, setUnits] = useState('1');
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(`/items/${itemId}/gtins`, { gtin: gtin.trim(), units: Number(units) }))) return;
    say(t('catalogue.said-gtin'));
    setGtin('');
    done();
  };
  const whole = GTIN.test(gtin.trim()) && Number(units) > 0;
  return (
    <form className="receipt-line" onSubmit={(event) => void submit(event)} noValidate>
      <div className="form-grid">
        <TextField
          label={t('catalogue.gtin')}
          hint={t('catalogue.gtin-hint')}
          type="code"
          required
          maxLength={14}
          value={gtin}
          set={setGtin}
          scanned
        />
        <TextField label={t('catalogue.gtin-units')} type="units" required value={units} set={setUnits} />
      </div>
      <Refusal problem={problem} />
      <Submit
        look="primary"
        label={t('catalogue.add-gtin')}
        busy={busy}
        lacks={may ? (whole ? null : t('form.incomplete')) : t('catalogue.who')}
      />
    </form>
  );
}

const BIN_CODE = /^[A-Z0-9][A-Z0-9-]{0,19}$/;

function Bins({ warehouseId }: { warehouseId: string }) {
  const [added, setAdded] = useState(0);
  return <BinList key={added} warehouseId={warehouseId} done={() => setAdded(added + 1)} />;
}

function BinList({ warehouseId, done }: { warehouseId: string; done: () => void }) {
  const bins = useBins(warehouseId);
  const [code, setCode] = useState('');
  const may = useRoleAt(warehouseId, MANAGES);
  const { busy, problem, send } = useCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await send(`/warehouses/${warehouseId}/bins`, { code: code.trim() }))) return;
    say(t('catalogue.said-bin', { code: code.trim() }));
    done();
  };
  const whole = BIN_CODE.test(code.trim());
  return (
    <>
      <ul className="bin-codes numeric">
        {bins.map((bin) => (
          <li key={bin.id}>{bin.code}</li>
        ))}
      </ul>
      <form className="receipt-line" onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          label={t('catalogue.bin')}
          hint={t('catalogue.bin-hint')}
          type="code"
          required
          maxLength={20}
          value={code}
          set={(text) => setCode(text.toUpperCase())}
        />
        <Refusal problem={problem} />
        <Submit
          look="primary"
          label={t('catalogue.add-bin')}
          busy={busy}
          lacks={may ? (whole ? null : t('form.incomplete')) : t('catalogue.only-administrator')}
        />
      </form>
    </>
  );
}
