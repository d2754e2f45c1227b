import 'server-only';
import { registry, type Registry } from '@/db/registry/client';
import { roundById } from '@/lib/rounds/queries';
import { isIdLike } from '@/lib/shared/page-number';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { pabulibOf } from './pabulib';
import { publishedResult } from './queries';
import { BoxAway, recordLines, recordNotes } from './record-client';
import { recordedBallots } from './recorded-ballots';

export type ExportRefusal =
  | 'not-found'
  /** The contest ranks rows: there is no money in it. */
  | 'no-envelope'
  | 'not-published'
  /** Fewer voters than figures may be shown for. */
  | 'hidden'
  | 'box-away'
  | 'record-differs';

export interface ContestExport {
  /** Names exactly this content: result version and what was counted. */
  readonly etag: string;
  /** Fetches the public record and writes the file; the same at the same time is done once. */
  readonly write: () => Promise<Result<string, 'box-away' | 'record-differs'>>;
}

/** A published contest ready to be written as a Pabulib file. Everything passes the gate. */
export async function exportOf(
  { roundId, contestId }: { readonly roundId: string; readonly contestId: string },
  boxUrl: string,
  db: Registry = registry(),
): Promise<Result<ContestExport, ExportRefusal>> {
  if (!isIdLike(roundId) || !isIdLike(contestId)) return refuse('not-found');
  const published = await publishedResult(roundId, db);
  if (published === null) {
    const round = await roundById(db, roundId);
    const isPublic = round !== null && round.state !== 'draft' && round.state !== 'opening';
    return refuse(isPublic ? 'not-published' : 'not-found');
  }
  const { result: round, version } = published;
  const contest = round.contests.find(({ id }) => id === contestId);
  if (contest === undefined) return refuse('not-found');
  if (contest.kind === 'rank') return refuse('no-envelope');
  const { result } = contest;
  if (result === null) return refuse('hidden');
  const etag = `"${round.inputHash}-${contest.id}-${version.toString()}"`;
  return ok({
    etag,
    write: () =>
      once(etag, async () => {
        const ballots = await readRecord(boxUrl, roundId, round);
        return ballots.ok ? ok(pabulibOf(round, { ...contest, result }, ballots.value)) : ballots;
      }),
  });
}

async function readRecord(
  boxUrl: string,
  roundId: string,
  published: { readonly round: string; readonly manifestHash: string; readonly inputHash: string },
) {
  try {
    const notes = await recordNotes(boxUrl, roundId);
    const ballots = await recordedBallots(recordLines(boxUrl, roundId), notes, published);
    return ballots === null ? refuse('record-differs') : ok(ballots);
  } catch (error) {
    if (error instanceof BoxAway) return refuse('box-away');
    throw error;
  }
}

type Written = Result<string, 'box-away' | 'record-differs'>;
const writing = new Map<string, Promise<Written>>();

/** Many who ask for the same file at the same moment fetch the record once. */
function once(key: string, write: () => Promise<Written>): Promise<Written> {
  const running = writing.get(key);
  if (running) return running;
  const started = write().finally(() => writing.delete(key));
  writing.set(key, started);
  return started;
}
