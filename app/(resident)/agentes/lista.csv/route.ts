import { getTranslations } from 'next-intl/server';
import { registry } from '@/db/registry/client';
import { everyPublicAgent } from '@/lib/agents/queries';
import { currentCycle } from '@/lib/cycle/queries';
import { rollKeys } from '@/lib/roll/keys';
import { csvLine } from '@/lib/shared/csv';
import { csvDownload } from '@/lib/shared/csv-download';

/** The list of accredited agents as a file for a spreadsheet, streamed. */
export async function GET(): Promise<Response> {
  const [t, kinds, cycle] = await Promise.all([
    getTranslations('agents.list'),
    getTranslations('agents.kinds'),
    currentCycle(),
  ]);
  if (cycle === null) return new Response(null, { status: 404 });
  const portions = everyPublicAgent(registry(), rollKeys(), cycle.id);
  const head = csvLine([t('name'), t('organisation'), t('kind'), t('district')]);
  return csvDownload('agentes-participantes', head, portions, (agent) =>
    csvLine([agent.name, agent.organisation, kinds(agent.organisationKind), agent.districtName]),
  );
}
