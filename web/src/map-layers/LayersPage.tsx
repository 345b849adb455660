import type { SocietyDto } from '../../../src/access/access.dto.js';
import type { MapLayerDto } from '../../../src/map-layers/map-layers.dto.js';
import { query } from '../api/http.js';
import { useFetched } from '../api/use-fetched.js';
import { useRoute } from '../app/routes.js';
import { count, stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { serverNow } from '../live/clock.js';
import { useLive } from '../live/hooks.js';
import { useChanged } from '../live/use-changed.js';
import { dayOf, standingOf } from '../map/layers.rules.js';
import { Act, ReasonAct } from '../parts/Act.js';
import { BackTo, NewPaper, PaperList, PaperRow } from '../relief-stock/parts/PaperList.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import { useOurSociety } from '../settings/OurSociety.js';
import { NewLayer } from './NewLayer.js';
import '../settings/admin.css';
import '../settings/messages.js';

/** The map layers of a society: brought in from a file, switched, taken off again. `#/layers[/new]` */
export default function LayersPage() {
  const { parts } = useRoute();
  const { society, field } = useOurSociety('map.manage');
  return (
    <SidePage title={t('layers.title')}>
      <div className="page admin">
        {parts[0] === 'new' && <BackTo href="#/layers" />}
        {field}
        {!society && <p className="empty">{t('layers.not-yours')}</p>}
        {society && parts[0] === 'new' && <NewLayer key={society.id} society={society} />}
        {society && parts[0] !== 'new' && <Layers key={society.id} society={society} />}
      </div>
    </SidePage>
  );
}

function Layers({ society }: { society: SocietyDto }) {
  const held = useLive(
    ['map-layer'],
    (store) =>
      store
        .rows('map-layer')
        .filter(({ societyId }) => societyId === society.id)
        .sort((a, b) => b.addedAt.localeCompare(a.addedAt)),
    [society.id],
  );
  const changed = useChanged('map-layer');
  const gone = useFetched<{ items: MapLayerDto[] }>(
    `/map-layers${query({ societyId: society.id, removed: true })}`,
    changed,
  );
  return (
    <>
      <p>{t('layers.what')}</p>
      <NewPaper href="#/layers/new" may="map.manage" words={t('layers.new')} />
      <PaperList
        of={{ data: { items: held }, problem: null, loading: false }}
        empty={t('layers.none')}
        row={(layer) => <LayerRow layer={layer} />}
      />
      {(gone.data?.items.length ?? 0) > 0 && (
        <>
          <h2>{t('layers.removed')}</h2>
          <PaperList of={gone} empty="" row={(layer) => <GoneRow layer={layer} />} />
        </>
      )}
      <p className="quiet">{t('layers.tiles')}</p>
    </>
  );
}

const days = ({ validFrom, validUntil }: MapLayerDto): string =>
  t('layers.days', { from: validFrom, until: validUntil ?? t('layers.open-end') });

function LayerRow({ layer }: { layer: MapLayerDto }) {
  const { id, name, provider, approvalNo, version, shown } = layer;
  const standing = standingOf(layer, dayOf(serverNow()));
  return (
    <PaperRow
      title={name}
      aside={t(`layers.standing.${standing}`)}
      state={approvalNo ?? <span className="admin-mark">{t('layers.inside-only')}</span>}
      detail={[
        provider,
        days(layer),
        t('layers.read-as', { datum: t(`layers.datum.${layer.datum}`), m: layer.toleranceM }),
        t('layers.sizes', { features: count(layer.features), vertices: count(layer.vertices) }),
        t('layers.by', { who: layer.addedBy, at: stamp(layer.addedAt) }),
      ].join(' · ')}
    >
      <Act
        look="plain"
        label={t(shown ? 'layers.switch-off' : 'layers.switch-on', { name })}
        path={`/map-layers/${id}/switch`}
        body={{ version, shown: !shown }}
        said={t(shown ? 'layers.said-off' : 'layers.said-on', { name })}
      />
      <ReasonAct
        label={t('layers.remove', { name })}
        path={`/map-layers/${id}/remove`}
        body={{ version }}
        said={t('layers.said-removed', { name })}
      />
    </PaperRow>
  );
}

const GoneRow = ({ layer }: { layer: MapLayerDto }) => (
  <PaperRow
    title={layer.name}
    aside={layer.removedAt ? stamp(layer.removedAt) : ''}
    detail={t('layers.gone', { who: layer.removedBy, reason: layer.reason, provider: layer.provider })}
  />
);
