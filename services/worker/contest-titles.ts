import { z } from 'zod';
import { messagesOf } from '@/lib/i18n/messages';
import type { ContestTitles } from '@/lib/rounds/build-manifest';

const shape = z.object({
  rounds: z.object({
    contestTitles: z.object({
      rank: z.string(),
      province: z.string(),
      /** With {district} where the name goes. */
      district: z.string().includes('{district}'),
    }),
  }),
});

/** The contests' names in both languages, frozen into the manifest with everything else. */
export async function contestTitles(): Promise<ContestTitles> {
  const es = shape.parse(await messagesOf('es-PE')).rounds.contestTitles;
  const en = shape.parse(await messagesOf('en')).rounds.contestTitles;
  return {
    rank: { es: es.rank, en: en.rank },
    province: { es: es.province, en: en.province },
    district: (name) => ({
      es: es.district.replace('{district}', name),
      en: en.district.replace('{district}', name),
    }),
  };
}
