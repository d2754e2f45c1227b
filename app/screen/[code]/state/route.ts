import { registry } from '@/db/registry/client';
import { roundByScreenCode } from '@/lib/rounds/queries';

/** What an open screen asks now and then: whether the round moved on and the page should be made anew. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ code: string }> },
): Promise<Response> {
  const { code } = await params;
  const round = await roundByScreenCode(registry(), code);
  if (!round) return Response.json({ reason: 'not-found' }, { status: 404 });
  return Response.json(
    { state: round.state, manifestHash: round.manifestHash },
    { headers: { 'cache-control': 'no-store' } },
  );
}
