import type { MapLayerDto } from '../../../src/map-layers/map-layers.dto.js';
import { t } from '../i18n/i18n.js';
import { LOOKS } from '../rescue-teams/unit-state.rules.js';
import { UnitGlyph } from '../parts/marks.js';
import type { DrawnBaseMap } from './use-base-map.js';

type Props = { on: readonly MapLayerDto[]; failed: readonly string[]; ground: DrawnBaseMap };

/** What the marks mean, and whose map it is: each layer with its provider and number, as the rules on quoting maps ask. */
export function MapFoot({ on, failed, ground }: Props) {
  return (
    <div className="map-legend">
      {LOOKS.map((look) => (
        <span key={look}>
          <UnitGlyph look={look} /> {t(`look.${look}`)}
        </span>
      ))}
      <span>
        <span aria-hidden="true">⬠</span> {t('map.warehouse')}
      </span>
      {on.map((layer) => (
        <span key={layer.id} className="map-credit">
          {creditOf(layer)}
          {failed.includes(layer.id) && ` · ${t('map.layer-failed')}`}
        </span>
      ))}
      {ground.baseMap && ground.on && (
        <span className="map-credit" data-ground={ground.failing ? 'failing' : 'drawn'}>
          {t('map.credit', { name: t('map.ground'), ...ground.baseMap })}
          {ground.failing && ` · ${t('map.ground-failed')}`}
        </span>
      )}
      <span>{t('map.sketch')}</span>
    </div>
  );
}

/** A layer without a number is for use inside only, and says so wherever it is drawn. */
export const creditOf = ({ name, provider, approvalNo }: MapLayerDto): string =>
  approvalNo === null ? t('map.credit-inside', { name, provider }) : t('map.credit', { name, provider, approvalNo });
