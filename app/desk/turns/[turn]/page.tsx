import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Tag } from '@/components/ui/tag';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { deskPerson } from '@/lib/credentials/desk-queries';
import { turnById, type TurnDetail } from '@/lib/desk/queue-queries';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { groupOfDistrict } from '@/lib/rounds/rules';
import type { PageSearch } from '@/lib/shared/page-number';
import { isUuid, peoplePage } from '../../addresses';
import { HandOver, placeOf } from '../../hand-over';
import { Key } from '../../key';
import { deskProblem, type DeskProblem } from '../../problems';
import { CallNext } from '../../queue';
import { attendTurn, endTurnAsLeft, endTurnWithoutVote, putTurnBack } from '../../queue-actions';
import { slipOfTurn } from '../../slip-addresses';

interface Props {
  readonly params: Promise<{ readonly turn: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.turn');
  return { title: t('windowTitle') };
}

/** One number of the queue: called, attended, and over. */
export default async function TurnPage({ params, searchParams }: Props) {
  const actor = await requirePermission('serve-at-desk');
  const { turn: id } = await params;
  const turn = isUuid(id) ? await turnById(registry(), id) : null;
  if (turn === null) notFound();
  const [t, states, problems, common, query] = await Promise.all([
    getTranslations('desk.turn'),
    getTranslations('desk.turnState'),
    getTranslations('desk.problem'),
    getTranslations('common'),
    searchParams,
  ]);
  const problem = deskProblem(query['problema']);
  const message = problem === null ? null : problems(problem);
  const isMine = turn.calledBy === actor.id;
  return (
    <>
      {problem === null || message === null ? null : (
        <ErrorSummary
          title={common('problem')}
          errors={[{ href: `#${placeOf(problem)}`, message }]}
        />
      )}
      <PageHeader
        title={t('title', { number: String(turn.number) })}
        lead={
          turn.dniLastTwo === null
            ? t(turn.outcome === null ? 'left' : `outcome.${turn.outcome}`)
            : t('lead', { digits: turn.dniLastTwo, place: turn.placeName })
        }
        back={{ href: peoplePage(turn.roundId), label: t('back') }}
      >
        <p className="flex flex-wrap gap-3">
          <Tag tone={turn.state === 'serving' ? 'success' : 'info'}>{states(turn.state)}</Tag>
          {turn.isPreferential ? <Tag>{t('preferential')}</Tag> : null}
        </p>
      </PageHeader>
      {turn.state === 'done' || turn.state === 'left' ? (
        <CallNext roundId={turn.roundId} />
      ) : turn.state !== 'waiting' && !isMine ? (
        <Notice tone="info" title={t('colleague', { name: turn.calledByName ?? '' })} />
      ) : (
        <Acts turn={turn} />
      )}
      {turn.state === 'serving' && isMine ? (
        <Serving turn={turn} problem={problem} message={message} />
      ) : null}
    </>
  );
}

/** What can be done with somebody who waits, was called or stands at the table. */
async function Acts({ turn }: { readonly turn: TurnDetail }) {
  const t = await getTranslations('desk.turn');
  const { id, roundId, state } = turn;
  return (
    <>
      {state === 'called' ? (
        <p className="mb-4 max-w-(--container-text)">
          {t(turn.timesCalled > 2 ? 'calledOften' : 'calledHow', {
            number: String(turn.number),
          })}
        </p>
      ) : null}
      {state === 'waiting' ? (
        <p className="mb-4">
          {t('ahead', { count: turn.ahead })} <a href={slipOfTurn(id)}>{t('print')}</a>
        </p>
      ) : null}
      <div className="mb-8 flex flex-wrap gap-4">
        {state === 'called' ? (
          <form action={attendTurn.bind(null, id)}>
            <Button accessKey="l" autoFocus>
              {t('attend')}
              <Key letter="L" />
            </Button>
          </form>
        ) : null}
        {state === 'serving' ? (
          <form action={endTurnWithoutVote.bind(null, roundId, id)}>
            <Button accessKey="o" variant="secondary">
              {t('withoutVote')}
              <Key letter="O" />
            </Button>
          </form>
        ) : null}
        {state === 'waiting' ? null : (
          <form action={putTurnBack.bind(null, roundId, id)}>
            <Button accessKey="v" variant="secondary">
              {t('putBack')}
              <Key letter="V" />
            </Button>
          </form>
        )}
        <form action={endTurnAsLeft.bind(null, roundId, id)}>
          <Button accessKey="s" variant="secondary">
            {t('leave')}
            <Key letter="S" />
          </Button>
        </form>
      </div>
    </>
  );
}

async function Serving({
  turn,
  problem,
  message,
}: {
  readonly turn: TurnDetail;
  readonly problem: DeskProblem | null;
  readonly message: string | null;
}) {
  const db = registry();
  const { roundId, residentId } = turn;
  if (residentId === null) return null;
  const [t, round, person] = await Promise.all([
    getTranslations('desk.person'),
    roundById(db, roundId),
    deskPerson(db, { roundId, residentId }),
  ]);
  if (round?.manifestHash == null || person === null) return null;
  if (person.taken !== null) {
    return (
      <Notice tone="warning" title={t(`taken.${person.taken}`)}>
        <p>{t(`takenWhy.${person.taken}`)}</p>
      </Notice>
    );
  }
  const { groups } = await frozenManifest(db, round.id, round.manifestHash);
  const group = groupOfDistrict(groups, person.districtCode);
  return (
    <>
      <Notice tone="success" title={t('free')}>
        <p>{t('lead', { group: group?.name ?? '' })}</p>
      </Notice>
      <HandOver
        {...{ roundId, residentId, problem, message }}
        groupId={group?.id ?? ''}
        turnId={turn.id}
      />
    </>
  );
}
