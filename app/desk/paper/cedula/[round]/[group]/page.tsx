import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Soles } from '@/components/money';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { manifestOf } from '@/lib/assemblies/keying-queries';
import { requirePermission } from '@/lib/auth/session';
import { pickText } from '@/lib/i18n/text';
import { contestsFor, mostPicks } from '@/lib/rounds/contests';
import type { Contest } from '@/lib/rounds/manifest';
import { roundById } from '@/lib/rounds/queries';
import { isIdLike } from '@/lib/shared/page-number';

interface Props {
  readonly params: Promise<{ readonly round: string; readonly group: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('paper.ballot');
  return { title: t('title') };
}

/** The paper itself, to print: options in the manifest's order, under the numbers that are keyed. */
export default async function PaperBallotPage({ params }: Props) {
  await requirePermission('work-with-paper');
  const { round: roundId, group: groupId } = await params;
  const [t, locale] = await Promise.all([getTranslations('paper.ballot'), getLocale()]);
  const round = isIdLike(roundId) ? await roundById(registry(), roundId) : null;
  if (round?.manifestHash == null) notFound();
  const manifest = await manifestOf(registry(), round.id);
  const group = manifest.groups.find(({ id }) => id === groupId);
  if (group === undefined) notFound();
  return (
    <>
      <PageHeader
        title={t('title')}
        eyebrow={t('eyebrow', { round: pickText(locale, manifest.title), group: group.name })}
        lead={t('how')}
      />
      <p className="mb-6 print:hidden">{t('print')}</p>
      {contestsFor(manifest, group.id).map((contest) => (
        <PrintedContest key={contest.id} contest={contest} />
      ))}
    </>
  );
}

async function PrintedContest({ contest }: { readonly contest: Contest }) {
  const [t, locale] = await Promise.all([getTranslations('paper.ballot'), getLocale()]);
  const most = contest.kind === 'rank' ? contest.maxRanked : mostPicks(contest);
  return (
    <section className="border-ink mb-8 break-inside-avoid border-2 p-4">
      <h2 className="text-xl">{pickText(locale, contest.title)}</h2>
      {contest.kind === 'rank' ? (
        <>
          <p className="my-2">{t('rank', { most })}</p>
          <p className="mb-4 flex gap-3" aria-hidden="true">
            {Array.from({ length: contest.maxRanked }, (_, place) => (
              <span key={place} className="border-ink inline-block size-12 border-2" />
            ))}
          </p>
          <ol className="list-decimal space-y-1 pl-8">
            {contest.rows.map((row) => (
              <li key={row.id}>{pickText(locale, row.title)}</li>
            ))}
          </ol>
        </>
      ) : (
        <>
          <p className="my-2">
            {t.rich(most < contest.proposals.length ? 'allocateUpTo' : 'allocate', {
              total: () => <Soles cents={contest.envelopeCents} />,
              proposals: most,
            })}
          </p>
          <ol className="list-decimal space-y-1 pl-8">
            {contest.proposals.map((proposal) => (
              <li key={proposal.id}>
                <span className="border-ink mr-2 inline-block size-5 border-2 align-middle" />
                {pickText(locale, proposal.title)} · <Soles cents={proposal.costCents} />
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
