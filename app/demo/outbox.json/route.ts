import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { outboxMessages } from '@/lib/notices/queries';
import { normalisePhone } from '@/lib/roll/rules';

const LIMIT = 50;

/** The demonstration's outbox for programs: `?phone=900000001`, newest first. */
export async function GET(request: Request): Promise<Response> {
  if (!webEnv().MINKA_DEMO) return new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams.get('phone');
  const phone = asked === null ? undefined : normalisePhone(asked);
  if (phone === null) return Response.json({ reason: 'malformed' }, { status: 422 });
  const messages = await outboxMessages(registry(), { phone, limit: LIMIT });
  return Response.json(
    {
      messages: messages.map((message) => ({
        phone: message.phone,
        body: message.body,
        at: message.createdAt.toISOString(),
      })),
    },
    { headers: { 'cache-control': 'no-store' } },
  );
}
