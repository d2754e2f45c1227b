import 'server-only';
import type { z } from 'zod';
import type { StaffActor } from '@/lib/auth/actor';
import { isSameOrigin } from '@/lib/auth/origin';
import { currentStaff } from '@/lib/auth/session';

/** A load of three hundred blinded values is the largest thing a tablet sends. */
const MAX_BODY_CHARACTERS = 200_000;

export type OfficerRequest<T> =
  | { readonly ok: true; readonly actor: StaffActor; readonly input: T }
  | { readonly ok: false; readonly response: Response };

/** Who asks, then what: nothing is read for a stranger. */
export async function officerRequest<Shape extends z.ZodType>(
  request: Request,
  shape: Shape,
): Promise<OfficerRequest<z.output<Shape>>> {
  if (!isSameOrigin(request)) return refused(403, 'origin');
  const actor = await currentStaff();
  if (actor === null) return refused(401, 'signed-out');
  const text = await request.text();
  const input = shape.safeParse(parseJson(text));
  return input.success ? { ok: true, actor, input: input.data } : refused(422, 'malformed');
}

export function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

function refused(status: number, reason: string): { ok: false; response: Response } {
  return { ok: false, response: answer(status, { reason }) };
}

function parseJson(text: string): unknown {
  if (text.length > MAX_BODY_CHARACTERS) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
