import type { TogetherDto } from '../../../src/suggestions/together/together.dto.js';
import { count, stamp } from '../i18n/format.js';
import { t } from '../i18n/i18n.js';
import { useLive } from '../live/hooks.js';
import { minutesText } from '../parts/duration.js';
import { Empty } from '../parts/Empty.js';
import { type Column, Table } from '../reports/Table.js';

type Incident = TogetherDto['incidents'][number];
type Line = Incident['lines'][number];
type Names = (societyId: string) => string;

/** What is proven, what each incident gets and lacks, and what the area loses. */
export function TogetherAnswer({ answer }: { answer: TogetherDto }) {
  const societies = useLive(['society'], (store) => store.rows('society'));
  const nameOf: Names = (id) => societies.find((one) => one.id === id)?.name ?? '';
  const { incidents, left } = answer;
  const isCut = left.incidents + left.units > 0;
  if (incidents.length === 0)
    return <Empty words={t('together.none')} next={[{ href: '#/', words: t('together.to-console') }]} />;
  return (
    <div className="together-answer">
      <p className="quiet">{t('together.asked-at', { at: stamp(answer.at), count: incidents.length })}</p>
      {incidents.length === 1 && <p className="notice">{t('together.one-only')}</p>}
      <Worth answer={answer} />
      {isCut && <p className="notice">{t('together.left', left)}</p>}
      {incidents.map((incident) => (
        <IncidentPart key={incident.incidentId} incident={incident} nameOf={nameOf} />
      ))}
      <Bared bared={answer.bared} nameOf={nameOf} />
    </div>
  );
}

function Worth({ answer: { status, plan, alone, bound } }: { answer: TogetherDto }) {
  const figures = {
    missing: count(plan.missing),
    bound: count(bound.missing),
    gap: count(plan.missing - bound.missing),
    cities: count(plan.cities),
    boundCities: count(bound.cities),
  };
  const sum = {
    people: count(plan.people),
    cities: count(plan.cities),
    alonePeople: count(alone.people),
    aloneCities: count(alone.cities),
  };
  return (
    <>
      <p role="status">
        <strong>{t(`together.status.${status}`, figures)}</strong>
      </p>
      <p>{t('together.sum', sum)}</p>
    </>
  );
}

function IncidentPart({ incident, nameOf }: { incident: Incident; nameOf: Names }) {
  const { incidentId, number, title, severity, needs } = incident;
  return (
    <section className="together-incident" aria-label={number}>
      <header>
        <h2>{t('together.incident', { severity, number, title })}</h2>
        <a className="button" href={`#/incidents/${incidentId}/dispatch`}>
          {t('together.decide')}
        </a>
      </header>
      <Table
        title={t('together.lines', { number })}
        rows={inOrder(incident)}
        columns={columns(needs, nameOf)}
        keyOf={({ unitId }) => unitId}
        empty={t('together.nobody')}
      />
      <ul>
        {needs.map((need) => (
          <li key={need.needId}>{needText(need)}</li>
        ))}
      </ul>
    </section>
  );
}

/** Need by need, the first to arrive first. */
function inOrder({ lines, needs }: Incident): Line[] {
  const rank = ({ needId }: Line): number => needs.findIndex((need) => need.needId === needId);
  return [...lines].sort((a, b) => rank(a) - rank(b) || a.etaMin - b.etaMin);
}

function needText({ speciality, priority, asked, missing, aloneMissing, cause }: Incident['needs'][number]): string {
  const words = { speciality: t(`speciality.${speciality}`), priority, asked: count(asked), missing: count(missing) };
  const why = cause ? t(`together.cause.${cause.code}`, cause.params) : '';
  const text = missing === 0 ? t('together.met', words) : t('together.missing', { ...words, cause: why });
  return aloneMissing === missing ? text : `${text} ${t('together.alone', { missing: count(aloneMissing) })}`;
}

const columns = (needs: Incident['needs'], nameOf: Names): Column<Line>[] => [
  { head: t('together.column.unit'), of: ({ teamName, unitCode }) => `${teamName} ${unitCode}` },
  { head: t('together.column.need'), of: ({ needId }) => t(`speciality.${needs.find((need) => need.needId === needId)!.speciality}`) },
  { head: t('together.column.from'), of: ({ societyId }) => nameOf(societyId) },
  { head: t('together.column.people'), of: ({ headcount }) => count(headcount), numeric: true },
  { head: t('together.column.eta'), of: ({ etaMin, late }) => late ? t('together.late', { time: minutesText(etaMin) }) : minutesText(etaMin) },
]; // prettier-ignore

function Bared({ bared, nameOf }: { bared: TogetherDto['bared']; nameOf: Names }) {
  return (
    <section className="together-incident">
      <h2>{t('together.bared')}</h2>
      {bared.length === 0 && <p>{t('together.bared-none')}</p>}
      <ul>
        {bared.map(({ societyId, speciality, units, counted }) => (
          <li key={`${societyId} ${speciality}`}>
            {t('together.bared-line', { city: nameOf(societyId), speciality: t(`speciality.${speciality}`), units })}
            {!counted && t('together.bared-own')}
          </li>
        ))}
      </ul>
    </section>
  );
}
