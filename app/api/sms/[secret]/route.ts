import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { limitedAnswer } from '@/lib/limits/answer';
import { spendByAddress } from '@/lib/limits/spend';
import { noteReceipt } from '@/lib/notices/receipts';
import { sameHash } from '@/lib/roll/secrets';

/** A gateway that signs sends HMAC-SHA-256 of the body, in hex, instead of the secret in its address. */
const SIGNATURE_HEADER = 'x-minka-signature';
const SIGNED_PATH = 'signed';

/** Gateways say much more: what is not known here is passed over. */
const receiptInput = z.object({
  id: z.uuid().optional(),
  ref: z.string().min(1).max(128).optional(),
  status: z.string().max(40),
});

const DELIVERED = ['delivered', 'delivrd', 'success', 'ok'];
const NOT_DELIVERED = ['failed', 'undelivered', 'undeliv', 'rejected', 'rejectd', 'expired'];

interface Context {
  readonly params: Promise<{ secret: string }>;
}

/** What an SMS gateway tells us about a message: JSON or a form with `id` or `ref`, and `status`. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const secret = webEnv().MINKA_SMS_RECEIPT_SECRET;
  if (secret === '') return new Response(null, { status: 404 });
  const spent = await spendByAddress('receipts', request);
  if (!spent.ok) return limitedAnswer(spent);
  const text = await request.text();
  if (!isGateway(secret, (await params).secret, request.headers.get(SIGNATURE_HEADER), text)) {
    return new Response(null, { status: 404 });
  }
  const receipt = receiptInput.safeParse(bodyOf(request, text));
  if (!receipt.success) return Response.json({ reason: 'malformed' }, { status: 422 });
  const status = receipt.data.status.toLowerCase();
  const delivered = DELIVERED.includes(status);
  // On its way, queued, buffered: nothing to note yet.
  if (!delivered && !NOT_DELIVERED.includes(status)) return new Response(null, { status: 204 });
  const { id, ref } = receipt.data;
  const known = await noteReceipt(registry(), { id, ref, delivered });
  return known
    ? new Response(null, { status: 204 })
    : Response.json({ reason: 'unknown' }, { status: 404 });
}

function isGateway(secret: string, path: string, signature: string | null, text: string): boolean {
  if (path !== SIGNED_PATH) return sameHash(tag(secret, path), tag(secret, secret));
  const right = createHmac('sha256', secret).update(text).digest();
  return sameHash(Buffer.from(signature ?? '', 'hex'), right);
}

/** Compared as hashes: the time of a comparison says nothing about the secret. */
function tag(secret: string, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

function bodyOf(request: Request, text: string): unknown {
  const type = request.headers.get('content-type') ?? '';
  if (type.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
