import type { StaffActor } from '@/lib/auth/actor';
import { webEnv } from '@/lib/env';
import { limitedAnswer } from '@/lib/limits/answer';
import { spend } from '@/lib/limits/spend';
import { beginUpload, receivePiece } from '@/lib/roll/import/commands';
import { uploadInput } from '@/lib/roll/import/input';
import { PIECE_BYTES, WHOLE_UPLOAD_BYTES } from '@/lib/roll/import/types';
import { answer, uploadTools, whoSends } from './take';

const MAX_WORDS = 4096;
/** What a form writes around the file it carries. */
const FORM_BYTES = 16 * 1024;

/** Begins an upload that comes in pieces; or, from a browser without script, takes a small file whole. */
export async function POST(request: Request): Promise<Response> {
  const actor = await whoSends(request);
  if (actor instanceof Response) return actor;
  const spent = await spend('upload', actor.id);
  if (!spent.ok) return limitedAnswer(spent);
  const type = request.headers.get('content-type') ?? '';
  const length = Number(request.headers.get('content-length') ?? 'NaN');
  if (type.startsWith('multipart/form-data')) return takeWhole(request, actor, length);
  if (!(length <= MAX_WORDS)) return answer(413, { reason: 'malformed' });
  const input = uploadInput.safeParse(await request.json().catch(() => null));
  if (!input.success) {
    const tooLarge = input.error.issues.some(({ message }) => message === 'too-large');
    return answer(422, { reason: tooLarge ? 'too-large' : 'malformed' });
  }
  const begun = await beginUpload(uploadTools(), actor, input.data);
  return begun.ok ? answer(200, begun.value) : answer(403, { reason: begun.reason });
}

async function takeWhole(request: Request, actor: StaffActor, length: number): Promise<Response> {
  // Before a byte of it is read: what is longer comes in pieces, or not at all.
  if (!(length <= WHOLE_UPLOAD_BYTES + FORM_BYTES)) return back('too-large-whole');
  const form = await request.formData().catch(() => null);
  const file = form?.get('file');
  if (!(file instanceof File) || file.size === 0) return back('required');
  const input = uploadInput.safeParse({ name: file.name, size: file.size, modified: Date.now() });
  if (!input.success) return back('required');
  const begun = await beginUpload(uploadTools(), actor, input.data);
  if (!begun.ok) return back(begun.reason);
  const { importId } = begun.value;
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const piece = new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
    const taken = await receivePiece(uploadTools(), actor, { importId, at, piece });
    if (!taken.ok) return back(taken.reason);
  }
  return seeOther(`/admin/roll/${importId}`);
}

function back(problem: string): Response {
  return seeOther(`/admin/roll?problem=${problem}`);
}

function seeOther(path: string): Response {
  return Response.redirect(new URL(path, webEnv().MINKA_SITE_URL), 303);
}
