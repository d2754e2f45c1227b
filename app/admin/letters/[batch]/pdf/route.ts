import { Readable } from 'node:stream';
import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { registry } from '@/db/registry/client';
import { confirmFirst } from '@/lib/auth/fresh';
import { isSameOrigin } from '@/lib/auth/origin';
import { requirePermission } from '@/lib/auth/session';
import { webEnv } from '@/lib/env';
import { pickText } from '@/lib/i18n/text';
import { limitedAnswer } from '@/lib/limits/answer';
import { spend } from '@/lib/limits/spend';
import { rollKeys } from '@/lib/roll/keys';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { present } from '@/lib/shared/assert';
import { printLetters } from '@/lib/verification/letter-commands';
import { letterPdf, type LetterWords } from '@/lib/verification/letter-pdf';

interface Context {
  readonly params: Promise<{ batch: string }>;
}

/** Draws the codes of a batch and hands them out as a PDF, once: a mutation, whatever it looks like. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const actor = await requirePermission('print-letters');
  if (!isSameOrigin(request)) return Response.json({ reason: 'origin' }, { status: 403 });
  const first = await confirmFirst('/admin/letters');
  if (first !== null) return first;
  const batch = z.uuid().safeParse((await params).batch);
  if (!batch.success) return new Response(null, { status: 404 });
  const spent = await spend('upload', actor.id);
  if (!spent.ok) return limitedAnswer(spent);
  const { MINKA_TWO_PEOPLE: twoPeople } = webEnv();
  const printed = await printLetters(registry(), rollKeys(), actor, batch.data, { twoPeople });
  if (!printed.ok) {
    const to = `/admin/letters?problema=${printed.reason}`;
    return new Response(null, { status: 303, headers: { location: to } });
  }
  const { roundId, letters } = printed.value;
  const address = new URL(`/votar/${roundId}`, webEnv().MINKA_SITE_URL);
  const pdf = letterPdf(letters, await wordsOf(roundId, address), address);
  return new Response(Readable.toWeb(Readable.from(pdf)) as ReadableStream, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="cartas-${batch.data.slice(0, 8)}.pdf"`,
      'x-content-type-options': 'nosniff',
      // Its codes exist in this one answer.
      'cache-control': 'no-store',
    },
  });
}

async function wordsOf(roundId: string, address: URL): Promise<LetterWords> {
  const [t, locale, format, found] = await Promise.all([
    getTranslations('verification.pdf'),
    getLocale(),
    getFormatter(),
    roundById(registry(), roundId),
  ]);
  const round = present(found, 'the round of a batch of letters');
  const hash = present(round.manifestHash, 'the manifest of an open round');
  const { municipality } = await frozenManifest(registry(), roundId, hash);
  const closes = format.dateTime(round.closesAt, { dateStyle: 'long', timeStyle: 'short' });
  return {
    title: t('title'),
    municipality,
    greeting: t('greeting'),
    about: t('about', {
      round: pickText(locale, { es: round.nameEs, en: round.nameEn }),
      closes,
    }),
    codeIs: t('codeIs'),
    steps: [t('step1', { address: `${address.host}${address.pathname}` }), t('step2'), t('step3')],
    secret: t('secret'),
    help: t('help'),
    addressee: ({ dniLastTwo }) => t('addressee', { digits: dniLastTwo }),
    district: ({ districtName }) => t('district', { district: districtName }),
    dni: ({ dniLastTwo }) => t('dni', { digits: dniLastTwo }),
    number: ({ number }) => t('number', { number }),
  };
}
