import { getTranslations } from 'next-intl/server';
import { registry } from '@/db/registry/client';
import { everyPublicAgent } from '@/lib/agents/queries';
import { currentCycle } from '@/lib/cycle/queries';
import { rollKeys } from '@/lib/roll/keys';
import { csvLine } from '@/lib/shared/csv';

/** Spreadsheets read UTF-8 only when the file says so. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The list of accredited agents as a file for a spreadsheet, streamed. */
export async function GET(): Promise<Response> {
  const [t, kinds, cycle] = await Promise.all([
    getTranslations('agents.list'),
    getTranslations('agents.kinds'),
    currentCycle(),
  ]);
  if (cycle === null) return new Response(null, { status: 404 });
  const portions = everyPublicAgent(registry(), rollKeys(), cycle.id);
  const encoder = new TextEncoder();
  const head = csvLine([t('name'), t('organisation'), t('kind'), t('district')]);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(BYTE_ORDER_MARK + head));
    },
    async pull(controller) {
      const next = await portions.next();
      if (next.done === true) {
        controller.close();
        return;
      }
      const lines = next.value.map((agent) =>
        csvLine([
          agent.name,
          agent.organisation,
          kinds(agent.organisationKind),
          agent.districtName,
        ]),
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
      'content-disposition': 'attachment; filename="agentes-participantes.csv"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}
