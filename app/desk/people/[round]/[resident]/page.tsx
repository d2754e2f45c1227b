import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Checkbox } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { deskPerson } from '@/lib/credentials/desk-queries';
import { turnOfPerson } from '@/lib/desk/queue-queries';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { groupOfDistrict } from '@/lib/rounds/rules';
import { isIdLike, type PageSearch } from '@/lib/shared/page-number';
import { isUuid, peoplePage, turnPage } from '../../../addresses';
import { HandOver, placeOf } from '../../../hand-over';
import { Key } from '../../../key';
import { deskProblem } from '../../../problems';
import { takeNumber } from '../../../queue-actions';

interface Props {
  readonly params: Promise<{ readonly round: string; readonly resident: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.people');
  return { title: t('title') };
}

/** One person whose DNI is on the table: whether the right is free, and what can be done now. */
export default async function PersonPage({ params, searchParams }: Props) {
  await requirePermission('serve-at-desk');
  const { round: roundId, resident: residentId } = await params;
  if (!isIdLike(roundId) || !isUuid(residentId)) notFound();
  const db = registry();
  const [round, person, turn] = await Promise.all([
    roundById(db, roundId),
    deskPerson(db, { roundId, residentId }),
    turnOfPerson(db, { roundId, residentId }),
  ]);
  if (round?.manifestHash == null || person === null) notFound();
  const [t, problems, common, query, manifest] = await Promise.all([
    getTranslations('desk.person'),
    getTranslations('desk.problem'),
    getTranslations('common'),
    searchParams,
    frozenManifest(db, round.id, round.manifestHash),
  ]);
  const problem = deskProblem(query['problema']);
  const message = problem === null ? null : problems(problem);
  const group = groupOfDistrict(manifest.groups, person.districtCode);
  return (
    <>
      {problem === null || message === null ? null : (
        <ErrorSummary
          title={common('problem')}
          errors={[{ href: `#${placeOf(problem)}`, message }]}
        />
      )}
      <PageHeader
        title={t('title', { digits: person.dniLastTwo })}
        lead={t('lead', { group: group?.name ?? '' })}
        back={{ href: peoplePage(round.id), label: common('back') }}
      />
      {person.taken === null ? (
        <>
          <Notice tone="success" title={t('free')}>
            <p>{t('freeWhy')}</p>
          </Notice>
          {turn === null ? (
            <Join roundId={round.id} residentId={residentId} />
          ) : (
            <Notice tone="info" title={t('hasTurn', { number: String(turn.number) })}>
              <a href={turnPage(turn.id)}>{t('seeTurn')}</a>
            </Notice>
          )}
          <HandOver
            roundId={round.id}
            residentId={residentId}
            groupId={group?.id ?? ''}
            turnId={null}
            problem={problem}
            message={message}
          />
        </>
      ) : (
        <Notice tone="warning" title={t(`taken.${person.taken}`)}>
          <p>{t(`takenWhy.${person.taken}`)}</p>
        </Notice>
      )}
    </>
  );
}

async function Join({
  roundId,
  residentId,
}: {
  readonly roundId: string;
  readonly residentId: string;
}) {
  const t = await getTranslations('desk.person');
  return (
    <Section title={t('queueTitle')}>
      <form action={takeNumber.bind(null, roundId, residentId)}>
        <Checkbox
          id="preferential"
          name="preferential"
          accessKey="p"
          label={
            <>
              {t('preferential')}
              <Key letter="P" />
            </>
          }
          hint={t('preferentialHint')}
        />
        {/* With the focus in it: a scanned DNI and one more Enter put a person in the queue. */}
        <Button accessKey="a" autoFocus>
          {t('queue')}
          <Key letter="A" />
        </Button>
      </form>
    </Section>
  );
}
