import { registry } from '@/db/registry/client';
import { everyAudit } from '@/lib/audit/queries';
import { requirePermission } from '@/lib/auth/session';
import { csvLine } from '@/lib/shared/csv';
import { csvDownload } from '@/lib/shared/csv-download';
import { auditFilterOf } from '../filter';

const HEAD = ['seq', 'at', 'actor', 'action', 'subject', 'details'];
/** The acts of the list as a file for a spreadsheet, streamed. */
export async function GET(request: Request): Promise<Response> {
  await requirePermission('see-audit');
  const query = new URL(request.url).searchParams;
  const portions = everyAudit(
    registry(),
    auditFilterOf((name) => query.get(name)),
  );
  return csvDownload('auditoria', csvLine(HEAD), portions, (entry) =>
    csvLine([
      String(entry.seq),
      entry.at.toISOString(),
      entry.actor,
      entry.action,
      entry.subject,
      JSON.stringify(entry.details),
    ]),
  );
}
