import { useSession } from '../access/session.js';
import { go, useRoute } from '../app/routes.js';
import { useDesks } from '../duty/desks.js';
import { t } from '../i18n/i18n.js';
import { Tabs } from '../parts/Tabs.js';
import { SelectField } from '../parts/TextField.js';
import { SidePage } from '../relief-stock/parts/SidePage.js';
import '../reports/reports.css';
import { AdvicePart } from './AdvicePart.js';
import './messages.js';
import { OffersPart } from './OffersPart.js';
import { RotationPart } from './RotationPart.js';
import { ScenariosPart } from './ScenariosPart.js';
import './structure.css';

const DUTY = ['dutyOfficer', 'dutyLead'] as const;
const PARTS = [
  ['advice', AdvicePart],
  ['rotation', RotationPart],
  ['scenarios', ScenariosPart],
  ['offers', OffersPart],
] as const;

/** Where stock should lie (存量结构): advice, and the scenarios that it is made for. `#/structure/<tab>/<society>` */
export default function StructurePage() {
  const { actor } = useSession();
  const { parts } = useRoute();
  const desks = useDesks(DUTY);
  const keeps = (actor?.grants ?? []).some(({ role }) => role === 'keeper');
  const desk = desks.find(({ id }) => id === parts[1]) ?? desks[0];
  const tab = parts[0] || 'advice';
  if (!desk) {
    return (
      <SidePage title={t('structure.title')}>
        <div className="page structure">
          {keeps ? <AdvicePart society={null} /> : <p className="notice">{t('structure.not-yours')}</p>}
        </div>
      </SidePage>
    );
  }
  return (
    <SidePage title={t('structure.title')}>
      <div className="page structure">
        <p className="structure-what">
          {t('structure.what')} <a href={`#/together/${desk.id}`}>{t('structure.to-together')}</a>
        </p>
        {desks.length > 1 && (
          <SelectField
            label={t('structure.society')}
            value={desk.id}
            set={(id) => go(`structure/${tab}/${id}`)}
            options={desks.map(({ id, name }) => ({ value: id, words: name }))}
          />
        )}
        <Tabs
          label={t('structure.title')}
          open={tab}
          choose={(key) => go(`structure/${key}/${desk.id}`)}
          tabs={PARTS.map(([key, Part]) => ({
            key,
            label: t(`structure.tab.${key}`),
            panel: () => <Part key={desk.id} society={desk} />,
          }))}
        />
      </div>
    </SidePage>
  );
}
