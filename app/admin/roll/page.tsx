import type { Metadata } from 'next';
import { NextIntlClientProvider, type AbstractIntlMessages } from 'next-intl';
import { getLocale, getMessages, getTranslations } from 'next-intl/server';
import { Count, formatCount } from '@/components/count';
import { DateText, DateTime } from '@/components/date';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { Stat, StatGrid } from '@/components/ui/stat';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { pickText } from '@/lib/i18n/text';
import { frozenRolls, importsPage, rollVersions, sharedPhones } from '@/lib/roll/import/queries';
import { rollKeys } from '@/lib/roll/keys';
import { countRoll, currentRollVersion } from '@/lib/roll/versions';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { Additions } from './additions';
import { StateTag } from './state-tag';
import { UploadForm } from './upload-form';

const PER_PAGE = 10;
const VERSIONS_SHOWN = 8;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('roll-import');
  return { title: t('page.title') };
}

/** The roll: how many there are, the file that changes it, and what was frozen of it. */
export default async function RollPage({ searchParams }: { readonly searchParams: PageSearch }) {
  await requirePermission('import-roll');
  const [t, query] = await Promise.all([getTranslations('roll-import'), searchParams]);
  return (
    <>
      <PageHeader title={t('page.title')} lead={t('page.lead')} />
      <Figures />
      <Section title={t('page.upload')} lead={t('page.uploadLead')}>
        <Upload problem={await problemWords(query['problem'])} />
      </Section>
      <Imports page={pageOf(query)} />
      <Additions />
      <Versions />
      <Frozen />
    </>
  );
}

/** The words that the form needs travel with it, and no others. */
async function Upload({ problem }: { readonly problem: string | null }) {
  const { 'roll-import': words } = await getMessages();
  const { upload, problem: problems, refusal } = words as AbstractIntlMessages;
  const messages = { 'roll-import': { upload, problem: problems, refusal } };
  return (
    <NextIntlClientProvider messages={messages as AbstractIntlMessages}>
      <UploadForm problem={problem} />
    </NextIntlClientProvider>
  );
}

/** What came of an upload without a script, carried in the address. */
async function problemWords(problem: string | string[] | undefined): Promise<string | null> {
  if (typeof problem !== 'string') return null;
  const t = await getTranslations('roll-import');
  if (problem === 'required') return t('upload.required');
  if (problem === 'too-large-whole') return t('upload.tooLargeWhole');
  return t.has(`problem.${problem}`) ? t(`problem.${problem}`) : t('upload.failed');
}

async function Figures() {
  const db = registry();
  const [t, roll, version, shared] = await Promise.all([
    getTranslations('roll-import.page'),
    countRoll(db),
    currentRollVersion(db),
    sharedPhones(db, rollKeys(), { page: 1, perPage: 1 }),
  ]);
  return (
    <>
      <StatGrid>
        <Stat label={t('people')} value={<Count value={roll.people} />} />
        <Stat label={t('version')} value={version === 0 ? t('none') : formatCount(version)} />
        <Stat label={t('sharedPhones')} value={<Count value={shared.total} />} />
      </StatGrid>
      <p className="mb-12 flex flex-wrap gap-4">
        <ButtonLink href="/admin/roll/phones" variant="secondary">
          {t('phonesLink')}
        </ButtonLink>
        <ButtonLink href="/admin/roll/add" variant="secondary">
          {t('addLink')}
        </ButtonLink>
      </p>
    </>
  );
}

async function Imports({ page }: { readonly page: number }) {
  const [t, { imports, total }] = await Promise.all([
    getTranslations('roll-import.page'),
    importsPage(registry(), { page, perPage: PER_PAGE }),
  ]);
  return (
    <Section title={t('imports')}>
      {imports.length === 0 ? (
        <p>{t('importsNone')}</p>
      ) : (
        <DataTable
          caption={t('imports')}
          captionHidden
          head={[t('file'), t('state'), t('rows'), t('by'), t('at')]}
          numeric={[2]}
          rows={imports.map((one) => [
            <a key="file" href={`/admin/roll/${one.id}`} className="break-all">
              {one.fileName}
            </a>,
            <StateTag key="state" state={one.state} />,
            <Count key="rows" value={one.rowsRead} />,
            one.createdByName ?? t('operator'),
            <DateTime key="at" value={one.createdAt} />,
          ])}
        />
      )}
      <Pagination
        page={page}
        pages={Math.ceil(total / PER_PAGE)}
        href={(to) => `/admin/roll?pagina=${to}`}
      />
    </Section>
  );
}

async function Versions() {
  const [t, versions] = await Promise.all([
    getTranslations('roll-import'),
    rollVersions(registry(), VERSIONS_SHOWN),
  ]);
  return (
    <Section title={t('page.versions')}>
      {versions.length === 0 ? (
        <p>{t('page.versionsNone')}</p>
      ) : (
        <DataTable
          caption={t('page.versions')}
          captionHidden
          head={[t('page.version'), t('page.kind'), t('page.people'), t('page.applied')]}
          numeric={[2]}
          rows={versions.map((one) => [
            one.number,
            one.importId === null ? (
              t(`kind.${one.kind}`)
            ) : (
              <a key="kind" href={`/admin/roll/${one.importId}`}>
                {t(`kind.${one.kind}`)}
              </a>
            ),
            <Count key="people" value={one.people} />,
            <DateTime key="applied" value={one.appliedAt} />,
          ])}
        />
      )}
    </Section>
  );
}

async function Frozen() {
  const [t, locale, rolls] = await Promise.all([
    getTranslations('roll-import.page'),
    getLocale(),
    frozenRolls(registry(), VERSIONS_SHOWN),
  ]);
  return (
    <Section title={t('frozen')} lead={t('frozenLead')}>
      {rolls.length === 0 ? (
        <p>{t('frozenNone')}</p>
      ) : (
        <DataTable
          caption={t('frozen')}
          captionHidden
          head={[t('round'), t('version'), t('people'), t('frozenAt'), t('fingerprint')]}
          numeric={[2]}
          rows={rolls.map((one) => [
            pickText(locale, { es: one.nameEs, en: one.nameEn }),
            one.version ?? t('none'),
            <Count key="people" value={one.people} />,
            <DateText key="at" value={one.frozenAt} />,
            <code key="hash">{one.manifestHash?.slice(0, 16)}</code>,
          ])}
        />
      )}
    </Section>
  );
}
