import { getTranslations } from 'next-intl/server';
import { registry } from '@/db/registry/client';
import { confirmFirst } from '@/lib/auth/fresh';
import { requireAnyStaff } from '@/lib/auth/session';
import { recordReportTaken } from '@/lib/roll/import/commands';
import { REPORT_HEADERS } from '@/lib/roll/import/headers';
import { reportHeaders, toldRows } from '@/lib/roll/import/queries';
import { BYTE_ORDER_MARK, reportLine } from '@/lib/roll/import/report';
import { rollKeys } from '@/lib/roll/keys';
import { csvLine } from '@/lib/shared/csv';
import { isUuid } from '@/lib/shared/page-number';

/** The rejected rows with their reasons, as a file that can be corrected and uploaded again. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const actor = await requireAnyStaff(['officer', 'administrator']);
  const { id } = await params;
  // Whole rows with DNI, name and phone leave here: an open screen is not enough.
  const first = await confirmFirst(isUuid(id) ? `/admin/roll/${id}` : '/admin/roll');
  if (first !== null) return first;
  const headers = isUuid(id) ? await reportHeaders(registry(), id) : null;
  if (headers === null) return new Response(null, { status: 404 });
  const t = await getTranslations('roll-import');
  await recordReportTaken(registry(), actor, id);
  const portions = toldRows(registry(), rollKeys(), id);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // The columns keep their names in every language: they are how the file is known again.
      const head = csvLine([...REPORT_HEADERS, ...headers]);
      controller.enqueue(encoder.encode(BYTE_ORDER_MARK + head));
    },
    async pull(controller) {
      const next = await portions.next();
      if (next.done === true) {
        controller.close();
        return;
      }
      const lines = next.value.map(({ number, accepted, reason, cells }) =>
        reportLine({
          number,
          outcome: accepted ? t('report.warning') : t('report.rejected'),
          reason: t.has(`reason.${reason}`) ? t(`reason.${reason}`) : reason,
          cells,
        }),
      );
      controller.enqueue(encoder.encode(lines.join('')));
    },
    async cancel() {
      await portions.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${t('report.file')}.csv"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}
