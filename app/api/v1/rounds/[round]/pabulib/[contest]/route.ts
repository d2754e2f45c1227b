import { getTranslations } from 'next-intl/server';
import { webEnv } from '@/lib/env';
import { exportOf, type ExportRefusal } from '@/lib/results/export';

interface Context {
  readonly params: Promise<{ readonly round: string; readonly contest: string }>;
}

const STATUS: Record<ExportRefusal, number> = {
  'not-found': 404,
  'no-envelope': 404,
  'not-published': 409,
  hidden: 409,
  'box-away': 503,
  'record-differs': 502,
};

const PIECE_CHARACTERS = 1 << 16;

/** A published envelope with its ballots as a Pabulib file, for researchers and for whoever recounts. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { round, contest } = await params;
  const found = await exportOf(
    { roundId: round, contestId: contest },
    webEnv().MINKA_BALLOT_BOX_URL,
  );
  if (!found.ok) return refused(found.reason);
  const { etag, write } = found.value;
  const caching = { etag, 'cache-control': 'public, no-cache' };
  if (request.headers.get('if-none-match') === etag) {
    return new Response(null, { status: 304, headers: caching });
  }
  const written = await write();
  if (!written.ok) return refused(written.reason);
  return new Response(inPieces(written.value), {
    headers: {
      ...caching,
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${round}-${contest}.pb"`,
      'x-content-type-options': 'nosniff',
    },
  });
}

/** Encoded as fast as the reader takes it: a file of a million ballots is not held twice. */
function inPieces(text: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      let end = Math.min(text.length, at + PIECE_CHARACTERS);
      // A character outside the basic plane is two units that belong together.
      if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end += 1;
      controller.enqueue(encoder.encode(text.slice(at, end)));
      at = end;
      if (at >= text.length) controller.close();
    },
  });
}

async function refused(reason: ExportRefusal): Promise<Response> {
  const t = await getTranslations('rules.export.refused');
  return Response.json(
    { reason, message: t(reason) },
    { status: STATUS[reason], headers: { 'cache-control': 'no-store' } },
  );
}
