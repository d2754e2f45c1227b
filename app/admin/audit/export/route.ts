import { registry } from '@/db/registry/client';
import { everyAudit } from '@/lib/audit/queries';
import { requireAnyStaff } from '@/lib/auth/session';
import { csvLine } from '@/lib/shared/csv';
import { auditFilterOf } from '../filter';

const HEAD = ['seq', 'at', 'actor', 'action', 'subject', 'details'];
/** Spreadsheets read UTF-8 only when the file says so. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The acts of the list as a file for a spreadsheet, streamed. */
export async function GET(request: Request): Promise<Response> {
  await requireAnyStaff(['administrator', 'oversight', 'auditor']);
  const query = new URL(request.url).searchParams;
  const portions = everyAudit(
    registry(),
    auditFilterOf((name) => query.get(name)),
  );
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(BYTE_ORDER_MARK + csvLine(HEAD)));
    },
    async pull(controller) {
      const next = await portions.next();
      if (next.done === true) {
        controller.close();
        return;
      }
      const lines = next.value.map(({ seq, at, actor, action, subject, details }) =>
        csvLine([String(seq), at.toISOString(), actor, action, subject, JSON.stringify(details)]),
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
      'content-disposition': 'attachment; filename="auditoria.csv"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}
