import { sql } from 'drizzle-orm';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';

const PATIENCE_MS = 3000;

async function answers(work: Promise<unknown>): Promise<boolean> {
  const late = new Promise((_, fail) => setTimeout(fail, PATIENCE_MS, new Error('late')));
  return Promise.race([work, late]).then(
    () => true,
    () => false,
  );
}

async function askBallotBox(): Promise<void> {
  const response = await fetch(new URL('/health', webEnv().MINKA_BALLOT_BOX_URL), {
    signal: AbortSignal.timeout(PATIENCE_MS),
    cache: 'no-store',
  });
  if (!response.ok) throw new Error(`ballot box: ${String(response.status)}`);
}

/** 200 when every part answers, 503 when one is away. */
export async function GET(): Promise<Response> {
  const [registryOk, ballotBoxOk] = await Promise.all([
    answers(Promise.resolve(registry().execute(sql`select 1`))),
    answers(askBallotBox()),
  ]);
  const ok = registryOk && ballotBoxOk;
  const body = {
    ok,
    version: webEnv().MINKA_VERSION,
    registry: registryOk,
    ballotBox: ballotBoxOk,
  };
  return Response.json(body, { status: ok ? 200 : 503, headers: { 'cache-control': 'no-store' } });
}
