import type { TabletReturn } from '@/lib/tablets/return-file';

export type BringBackProblem =
  | 'offline'
  | 'signed-out'
  | 'other-device'
  | 'minutes-differ'
  | 'check-ins-differ'
  | 'sums-differ'
  | 'wrong-state'
  /** The box took no more ballots. */
  | 'closed'
  | 'ballot-refused'
  | 'unavailable';

export type BroughtBack =
  | { readonly ok: true; readonly voted: number; readonly released: number }
  | { readonly ok: false; readonly problem: BringBackProblem };

/**
 * Minutes first, then every ballot into the box, then who voted. Each step may be sent again, so
 * whatever cut it, the same button goes on; the box and the registry never see each other's half.
 */
export async function bringBack(
  back: TabletReturn,
  boxUrl: string,
  onProgress: (sent: number, of: number) => void,
): Promise<BroughtBack> {
  const { tablet, device, minutes, used } = back;
  const minuted = await post(`/api/tablets/${tablet}/minutes`, { device, minutes });
  if (!minuted.ok) return minuted;
  let sent = 0;
  // Kept under random names: in the order of nobody's arrival.
  for (const { line, receipt } of back.ballots) {
    const problem = await cast(boxUrl, { line, receipt });
    if (problem !== null) return { ok: false, problem };
    sent += 1;
    onProgress(sent, back.ballots.length);
  }
  const synced = await post(`/api/tablets/${tablet}/sync`, { device, used });
  if (!synced.ok) return synced;
  const { voted, released } = synced.answer as { voted: number; released: number };
  return { ok: true, voted, released };
}

async function cast(boxUrl: string, ballot: object): Promise<BringBackProblem | null> {
  try {
    const response = await fetch(`${boxUrl}/v1/ballots`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ballot),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    if (response.ok) return null;
    if (response.status === 410) return 'closed';
    return response.status === 503 || response.status === 429 ? 'unavailable' : 'ballot-refused';
  } catch {
    return 'offline';
  }
}

const PROBLEMS: readonly BringBackProblem[] = [
  'other-device',
  'minutes-differ',
  'check-ins-differ',
  'sums-differ',
  'wrong-state',
];

async function post(
  url: string,
  body: object,
): Promise<
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly problem: BringBackProblem }
> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    if (response.ok) return { ok: true, answer };
    if (response.status === 401) return { ok: false, problem: 'signed-out' };
    const { reason } = answer as { readonly reason?: unknown };
    return { ok: false, problem: PROBLEMS.find((each) => each === reason) ?? 'unavailable' };
  } catch {
    return { ok: false, problem: 'offline' };
  }
}
