import { type FormEvent, useState } from 'react';
import type { SocietyDto } from '../../../src/access/access.dto.js';
import { TERRAIN_KM_H } from '../../../src/travel/conditions.rules.js';
import { type AreaDto, type Terrain, TERRAINS } from '../../../src/travel/travel.dto.js';
import { useCommand } from '../api/use-command.js';
import { stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { Submit } from '../parts/Act.js';
import { Refusal } from '../parts/Refusal.js';
import { SelectField, TextField } from '../parts/TextField.js';
import { say } from '../parts/toast.js';

type Props = { society: SocietyDto; area: AreaDto | undefined; done: () => void };

/** The ground of a society's area, and the island that it lies on. */
export function AreaForm({ society, area, done }: Props) {
  const [terrain, setTerrain] = useState<string>(area?.terrain ?? '');
  const [island, setIsland] = useState(area?.island ?? '');
  const [source, setSource] = useState(area?.source ?? '');
  const { busy, problem, send } = useCommand();
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const body = {
      version: area?.version ?? 0,
      terrain: terrain === '' ? null : (terrain as Terrain),
      island: island.trim() === '' ? null : island.trim(),
      source: source.trim(),
    };
    if (!(await send(`/travel/areas/${society.id}`, body, 'PUT'))) return;
    say(t('travel.said-area'));
    done();
  };
  return (
    <section className="travel-part" aria-labelledby="travel-area">
      <h2 id="travel-area">{t('travel.area')}</h2>
      <p className="quiet">
        {area ? t('travel.area-said', { who: area.setBy, at: stamp(area.setAt) }) : t('travel.area-none')}
      </p>
      <form className="admin-line" onSubmit={(event) => void keep(event)}>
        <div className="travel-fields">
          <SelectField
            label={t('travel.terrain')}
            value={terrain}
            set={setTerrain}
            none={t('travel.terrain-none')}
            options={TERRAINS.map((value) => ({
              value,
              words: t('travel.terrain-speed', { what: t(`terrain.${value}`), kmH: TERRAIN_KM_H[value] }),
            }))}
          />
          <TextField label={t('travel.area-island')} value={island} set={setIsland} maxLength={80} />
          <TextField label={t('travel.source')} value={source} set={setSource} required />
        </div>
        <Refusal problem={problem} />
        <Submit
          label={t('travel.save')}
          look="plain"
          busy={busy}
          lacks={source.trim() === '' ? t('travel.lacks') : null}
        />
      </form>
    </section>
  );
}
