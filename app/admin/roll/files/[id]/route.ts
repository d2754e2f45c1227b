import { receivePiece } from '@/lib/roll/import/commands';
import { PIECE_BYTES } from '@/lib/roll/import/types';
import { isUuid } from '@/lib/shared/page-number';
import { answer, uploadTools, whoSends } from '../take';

const STATUS: Readonly<Record<string, number>> = {
  'not-allowed': 403,
  'not-found': 404,
  'wrong-place': 409,
};

/** The next piece of a file, as bytes. Safe to send again: the answer says how far the file is. */
export async function PUT(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const actor = await whoSends(request);
  if (actor instanceof Response) return actor;
  const { id } = await params;
  const at = Number(new URL(request.url).searchParams.get('at') ?? 'NaN');
  const length = Number(request.headers.get('content-length') ?? 'NaN');
  if (!isUuid(id) || !Number.isSafeInteger(at) || at < 0)
    return answer(404, { reason: 'not-found' });
  if (!(length <= PIECE_BYTES)) return answer(413, { reason: 'wrong-place' });
  const piece = new Uint8Array(await request.arrayBuffer());
  const taken = await receivePiece(uploadTools(), actor, { importId: id, at, piece });
  return taken.ok
    ? answer(200, taken.value)
    : answer(STATUS[taken.reason] ?? 422, { reason: taken.reason });
}
