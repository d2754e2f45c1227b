import { getTranslations } from 'next-intl/server';
import { registry } from '@/db/registry/client';
import { confirmFirst } from '@/lib/auth/fresh';
import { requirePermission } from '@/lib/auth/session';
import { recordReportTaken } from '@/lib/roll/import/commands';
import { REPORT_HEADERS } from '@/lib/roll/import/headers';
import { reportHeaders, toldRows } from '@/lib/roll/import/queries';
import { reportLine } from '@/lib/roll/import/report';
import { rollKeys } from '@/lib/roll/keys';
import { csvLine } from '@/lib/shared/csv';
import { csvDownload } from '@/lib/shared/csv-download';
import { isUuid } from '@/lib/shared/page-number';

/** The rejected rows with their reasons, as a file that can be corrected and uploaded again. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const actor = await requirePermission('import-roll');
  const { id } = await params;
  // Whole rows with DNI, name and phone leave here: an open screen is not enough.
  const first = await confirmFirst(isUuid(id) ? `/admin/roll/${id}` : '/admin/roll');
  if (first !== null) return first;
  const headers = isUuid(id) ? await reportHeaders(registry(), id) : null;
  if (headers === null) return new Response(null, { status: 404 });
  const t = await getTranslations('roll-import');
  await recordReportTaken(registry(), actor, id);
  const portions = toldRows(registry(), rollKeys(), id);
  // The columns keep their names in every language: they are how the file is known again.
  const head = csvLine([...REPORT_HEADERS, ...headers]);
  return csvDownload(t('report.file'), head, portions, ({ number, accepted, reason, cells }) =>
    reportLine({
      number,
      outcome: accepted ? t('report.warning') : t('report.rejected'),
      reason: t.has(`reason.${reason}`) ? t(`reason.${reason}`) : reason,
      cells,
    }),
  );
}
