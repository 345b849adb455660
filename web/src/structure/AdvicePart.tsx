import type { SocietyDto } from '../../../src/access/access.dto.js';
import type { AdviceDetailDto, AdviceDto } from '../../../src/suggestions/structure/structure.dto.js';
import { query } from '../api/http.js';
import { useFetched } from '../api/use-fetched.js';
import { stamp } from '../i18n/format.js';
import { t, tCode } from '../i18n/i18n.js';
import { useChanged } from '../live/use-changed.js';
import { Empty } from '../parts/Empty.js';
import { Loading } from '../parts/Loading.js';
import { Refusal } from '../parts/Refusal.js';
import { AskForm } from './AskForm.js';
import { Counties } from './Counties.js';
import { Figures } from './Figures.js';
import { Moves } from './Moves.js';
import { useNames } from './names.js';

/** The newest advice of a society, and a way to ask again. Without a society: what a keeper sees of the stores he keeps. */
export function AdvicePart({ society }: { society: SocietyDto | null }) {
  const changed = useChanged('structure-advice');
  const path = `/structure/advice${query({ societyId: society?.id, limit: 1 })}`;
  const { data, problem, reload } = useFetched<{ items: AdviceDto[] }>(path, changed);
  const newest = data?.items[0];
  const isAtWork = newest?.status === 'queued' || newest?.status === 'solving';
  return (
    <div className="structure-advice">
      {society && <AskForm societyId={society.id} isAtWork={isAtWork} last={newest?.ask ?? null} done={reload} />}
      <Refusal problem={problem} />
      {!data && !problem && <Loading />}
      {data && !newest && <Nothing society={society} />}
      {newest && <State advice={newest} />}
      {newest?.status === 'ready' && <Answer id={newest.id} version={newest.version} done={reload} />}
    </div>
  );
}

const Nothing = ({ society }: { society: SocietyDto | null }) =>
  society ? (
    <Empty
      words={t('structure.none')}
      next={[{ href: `#/structure/scenarios/${society.id}`, words: t('structure.look-scenarios') }]}
    />
  ) : (
    <Empty words={t('structure.none-keeper')} next={[{ href: '#/keeper', words: t('structure.to-keeper') }]} />
  );

function State({ advice }: { advice: AdviceDto }) {
  const { status, requestedBy, requestedAt, failure, ask } = advice;
  if (status === 'queued' || status === 'solving')
    return (
      <p className="notice" role="status">
        {t('structure.at-work', { by: requestedBy, at: stamp(requestedAt) })}
      </p>
    );
  if (status === 'failed')
    return (
      <p className="notice problem" role="status">
        {tCode('structure.failure.', failure ?? '', {}, t('structure.failure.broke'))}
      </p>
    );
  return (
    <p className="quiet">
      {t('structure.asked', { by: requestedBy, at: stamp(requestedAt), withinH: ask.withinH, tonneKm: ask.tonneKm, moves: ask.moves })}
    </p>
  ); // prettier-ignore
}

function Answer({ id, version, done }: { id: string; version: number; done: () => void }) {
  const { data, problem } = useFetched<AdviceDetailDto>(`/structure/advice/${id}`, version);
  if (problem) return <Refusal problem={problem} />;
  if (!data?.result) return <Loading />;
  return <Result advice={data} result={data.result} done={done} />;
}

type ResultProps = { advice: AdviceDetailDto; result: NonNullable<AdviceDetailDto['result']>; done: () => void };

function Result({ advice, result, done }: ResultProps) {
  const names = useNames(result);
  const { late, left } = result;
  const cut = left.scenarios + left.stores + left.items;
  return (
    <>
      {late.length > 0 && (
        <p className="notice">{t('structure.late', { items: late.map(names.item).join(t('structure.comma')) })}</p>
      )}
      {cut > 0 && <p className="notice">{t('structure.left', left)}</p>}
      <Moves advice={advice} result={result} names={names} done={done} />
      <Figures result={result} names={names} withinH={advice.ask.withinH} />
      <Counties result={result} names={names} withinH={advice.ask.withinH} />
      <p className="quiet">{t(result.travel === 'straight-line' ? 'structure.note' : 'structure.note-router')}</p>
    </>
  );
}
