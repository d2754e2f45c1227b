import 'server-only';
import type { z } from 'zod';
import { isSameOrigin } from '@/lib/auth/origin';

const MAX_BODY_CHARACTERS = 60_000;

export function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

/** The body in its strict shape, or the answer that refuses it. */
export async function strictly<Shape extends z.ZodType>(
  request: Request,
  shape: Shape,
): Promise<
  | { readonly ok: true; readonly input: z.output<Shape> }
  | { readonly ok: false; readonly response: Response }
> {
  if (!isSameOrigin(request)) return { ok: false, response: answer(403, { reason: 'origin' }) };
  const text = await request.text();
  const input = shape.safeParse(text.length > MAX_BODY_CHARACTERS ? null : parseJson(text));
  return input.success
    ? { ok: true, input: input.data }
    : { ok: false, response: answer(422, { reason: 'malformed' }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
