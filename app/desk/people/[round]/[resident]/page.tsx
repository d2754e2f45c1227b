import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Button, ButtonLink } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Checkbox, Select, TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { requireStaff } from '@/lib/auth/session';
import { deskPerson, kiosks } from '@/lib/credentials/desk-queries';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { groupOfDistrict } from '@/lib/rounds/rules';
import { isIdLike, type PageSearch } from '@/lib/shared/page-number';
import { handOver } from '../../../actions';
import { peoplePage } from '../../../addresses';
import { deskProblem, type DeskProblem } from '../../../problems';

interface Props {
  readonly params: Promise<{ readonly round: string; readonly resident: string }>;
  readonly searchParams: PageSearch;
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.people');
  return { title: t('title') };
}

/** One person whose DNI is on the table: whether the right is free, and the two ways of using it. */
export default async function PersonPage({ params, searchParams }: Props) {
  await requireStaff('officer');
  const { round: roundId, resident: residentId } = await params;
  if (!isIdLike(roundId) || !UUID.test(residentId)) notFound();
  const db = registry();
  const [round, person] = await Promise.all([
    roundById(db, roundId),
    deskPerson(db, { roundId, residentId }),
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
  const group = groupOfDistrict(manifest.groups, person.districtCode)?.name ?? '';
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
        lead={t('lead', { group })}
        back={{ href: peoplePage(round.id), label: common('back') }}
      />
      {person.taken === null ? (
        <>
          <Notice tone="success" title={t('free')}>
            <p>{t('freeWhy')}</p>
          </Notice>
          <ToKiosk roundId={round.id} residentId={residentId} problem={problem} message={message} />
          <Section title={t('paperTitle')} lead={t('paperHow')}>
            <ButtonLink href="/desk/paper" variant="secondary">
              {t('toPaper')}
            </ButtonLink>
          </Section>
        </>
      ) : (
        <Notice tone="warning" title={t(`taken.${person.taken}`)}>
          <p>{t(`takenWhy.${person.taken}`)}</p>
        </Notice>
      )}
    </>
  );
}

/** Beside which field a problem stands. */
function placeOf(problem: DeskProblem): 'checked' | 'helper' | 'kiosk' {
  if (problem === 'not-checked') return 'checked';
  return problem.startsWith('help') ? 'helper' : 'kiosk';
}

async function ToKiosk({
  roundId,
  residentId,
  problem,
  message,
}: {
  readonly roundId: string;
  readonly residentId: string;
  readonly problem: DeskProblem | null;
  readonly message: string | null;
}) {
  const [t, all] = await Promise.all([getTranslations('desk.person'), kiosks(registry())]);
  const errorAt = (field: string) =>
    problem !== null && message !== null && placeOf(problem) === field ? message : undefined;
  // Free ones first: the first of the list is what Enter takes.
  const sorted = [...all].sort((a, b) => Number(a.isBusy) - Number(b.isBusy));
  return (
    <Section title={t('kioskTitle')}>
      {sorted.length === 0 ? (
        <>
          <p className="mb-4">{t('noKiosks')}</p>
          <ButtonLink href="/desk/kiosks" variant="secondary">
            {t('setUp')}
          </ButtonLink>
        </>
      ) : (
        <form
          action={handOver.bind(null, roundId, residentId)}
          className="max-w-(--container-text)"
        >
          <Checkbox id="checked" name="checked" label={t('checked')} error={errorAt('checked')} />
          <Select
            id="kiosk"
            name="kiosk"
            label={t('kiosk')}
            error={errorAt('kiosk')}
            options={sorted.map(({ id, name, isBusy }) => ({
              value: id,
              label: isBusy ? t('kioskBusy', { name }) : name,
            }))}
          />
          <TextInput
            id="helper"
            name="helper"
            label={t('helper')}
            hint={t('helperHint')}
            error={errorAt('helper')}
            width="short"
            inputMode="numeric"
            autoComplete="off"
            maxLength={40}
          />
          <Button>{t('send')}</Button>
        </form>
      )}
    </Section>
  );
}
