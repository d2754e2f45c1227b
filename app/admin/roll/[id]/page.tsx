import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { formatCount } from '@/components/count';
import { DateTime } from '@/components/date';
import { RefreshWhile } from '@/components/refresh-while';
import { Button, ButtonLink } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Progress } from '@/components/ui/progress';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { importById, type ImportDetail } from '@/lib/roll/import/queries';
import { ROLL_IMPORT_KIND } from '@/lib/roll/import/types';
import { rollKeys } from '@/lib/roll/keys';
import { openRequest } from '@/lib/roll/proposal-queries';
import { currentRollVersion } from '@/lib/roll/versions';
import { isUuid, type PageSearch } from '@/lib/shared/page-number';
import { giveUp } from '../actions';
import { StateTag } from '../state-tag';
import { TakeBack } from '../take-back';
import { Columns } from './columns';
import { PreviewTables, Propose } from './preview';
import { Report } from './report';

const MEGABYTE = 1024 * 1024;
const WORKING = ['inspecting', 'parsing', 'applying'];
const OPEN = ['uploading', 'mapping', 'previewed'];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('roll-import');
  return { title: t('page.title') };
}

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: PageSearch;
}

/** One file on its way onto the roll: what it is, what it changes, who decides. */
export default async function RollImportPage({ params, searchParams }: Props) {
  const actor = await requirePermission('import-roll');
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const found = isUuid(id) ? await importById(registry(), rollKeys(), id) : null;
  if (found === null) notFound();
  const t = await getTranslations('roll-import');
  const isStale =
    found.state === 'previewed' && found.baseVersion !== (await currentRollVersion(registry()));
  const request = await openRequest(registry(), ROLL_IMPORT_KIND, id);
  return (
    <>
      <PageHeader
        back={{ href: '/admin/roll', label: t('import.back') }}
        title={<span className="break-all">{found.fileName}</span>}
        lead={
          <>
            {t('import.lead', { by: found.createdByName ?? t('page.operator') })}{' '}
            <DateTime value={found.createdAt} />
          </>
        }
      >
        <StateTag state={found.state} />
      </PageHeader>
      <Problem problem={query['problem']} />
      <RefreshWhile active={WORKING.includes(found.state)} />
      <Standing found={found} />
      {found.state === 'mapping' ? <Columns found={found} isFirst /> : null}
      {found.preview === null ? null : <PreviewTables found={found} />}
      {found.state === 'previewed' ? <Propose found={found} isStale={isStale} /> : null}
      {found.preview === null ? null : <Report found={found} />}
      {found.state === 'previewed' ? (
        <Details summary={t('mapping.change')}>
          <Columns found={found} isFirst={false} />
        </Details>
      ) : null}
      {request?.requestedBy === actor.id ? (
        <TakeBack
          what="import"
          id={id}
          text={t('import.takeBackText')}
          submit={t('import.takeBack')}
        />
      ) : null}
      {OPEN.includes(found.state) ? (
        <Details summary={t('import.giveUp')}>
          <form action={giveUp}>
            <p className="mb-4">{t('import.giveUpText')}</p>
            <input type="hidden" name="importId" value={found.id} />
            <Button variant="danger">{t('import.giveUp')}</Button>
          </form>
        </Details>
      ) : null}
    </>
  );
}

async function Problem({ problem }: { readonly problem: string | string[] | undefined }) {
  if (typeof problem !== 'string') return null;
  const t = await getTranslations('roll-import.refusal');
  return (
    <Notice tone="danger" role="alert">
      {t.has(problem) ? t(problem) : t('other')}
    </Notice>
  );
}

/** Read, accepted and then refused by the database. */
function wasRead(found: ImportDetail): boolean {
  return found.problem === 'not-applied';
}

/** Where it stands, in one sentence; while somebody works on it, how far. */
async function Standing({ found }: { readonly found: ImportDetail }) {
  const t = await getTranslations('roll-import');
  switch (found.state) {
    case 'uploading': {
      const done = (found.receivedBytes / MEGABYTE).toFixed(1);
      const total = (found.fileSize / MEGABYTE).toFixed(1);
      return <Notice tone="info">{t('import.uploadingText', { done, total })}</Notice>;
    }
    case 'inspecting':
    case 'parsing':
    case 'applying':
      return <Working found={found} />;
    case 'failed':
      return (
        <Notice
          tone="danger"
          title={t(wasRead(found) ? 'import.notAppliedTitle' : 'import.failedTitle')}
        >
          <p>
            {found.problem !== null && t.has(`problem.${found.problem}`)
              ? t(`problem.${found.problem}`)
              : t('problem.unexpected')}{' '}
            {found.problemRow === null
              ? null
              : t('import.failedRow', { row: formatCount(found.problemRow) })}
          </p>
          <p>{t(wasRead(found) ? 'import.notAppliedWhat' : 'import.failedWhat')}</p>
        </Notice>
      );
    case 'proposed':
      return (
        <Notice tone="warning" title={t('import.proposedTitle')}>
          <p className="mb-3">{t('import.proposedText')}</p>
          <ButtonLink href="/admin/approvals" variant="secondary">
            {t('import.approvals')}
          </ButtonLink>
        </Notice>
      );
    case 'applied':
      return (
        <Notice tone="success" title={t('import.appliedTitle')}>
          {t('import.appliedText')}
        </Notice>
      );
    case 'declined':
      return (
        <Notice tone="danger" title={t('import.declinedTitle')}>
          {t('import.declinedText')}
        </Notice>
      );
    case 'withdrawn':
      return (
        <Notice tone="info" title={t('import.withdrawnTitle')}>
          {t('import.withdrawnText')}
        </Notice>
      );
    case 'mapping':
    case 'previewed':
      return null;
  }
}

/** Some bytes per row: before the end nobody knows how many rows there are. */
const BYTES_PER_ROW = 60;

async function Working({ found }: { readonly found: ImportDetail }) {
  const t = await getTranslations('roll-import');
  const reading = found.state === 'parsing' && found.rowsRead > 0;
  const expected = Math.max(found.rowsRead * 1.1, found.fileSize / BYTES_PER_ROW);
  return (
    <div aria-live="polite" className="mb-8 max-w-(--container-text)">
      <Progress
        value={reading ? found.rowsRead : 0}
        max={expected}
        label={
          reading
            ? t('import.read', { rows: formatCount(found.rowsRead) })
            : t(`state.${found.state}`)
        }
      />
      <p>
        {t('import.working')} <a href={`/admin/roll/${found.id}`}>{t('import.refresh')}</a>
      </p>
    </div>
  );
}
