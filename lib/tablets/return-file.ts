import type { BallotLine } from '@/lib/ballots/body';
import { leafOf } from '@/lib/ballots/body';
import { fromBase64Url } from '@/lib/shared/bytes';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { headOf } from './device';
import { MAX_RESIDENTS, type TabletMinutes } from './types';

/** A ballot as the tablet keeps it until the box has it: nothing says who, or in which order. */
export interface TabletBallot {
  readonly line: BallotLine;
  /** Receipt code, 13 characters. */
  readonly receipt: string;
}

/** All that comes back from a hall, by network or as a file on a stick. */
export interface TabletReturn {
  readonly v: 1;
  readonly tablet: string;
  readonly round: string;
  /** Base64url of the device's 32 secret bytes. */
  readonly device: string;
  readonly minutes: TabletMinutes;
  /** Places in the list of those who voted, ascending. */
  readonly used: readonly number[];
  readonly ballots: readonly TabletBallot[];
}

export type ReturnFileProblem =
  /** Cut off, or not JSON at all. */
  | 'not-readable'
  /** JSON, but not of a tablet. */
  | 'not-a-tablet-file'
  | 'other-tablet'
  /** The ballots are not those of the minutes. */
  | 'head-differs'
  | 'sums-differ';

export function writeReturn(back: TabletReturn): string {
  return JSON.stringify(back);
}

/** Reads a file and checks it against itself: nothing of a cut or altered file is ever sent on. */
export async function readReturn(
  text: string,
  tablet: string,
): Promise<Result<TabletReturn, ReturnFileProblem>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('not-readable');
  }
  const back = asReturn(json);
  if (back === null) return refuse('not-a-tablet-file');
  if (back.tablet !== tablet) return refuse('other-tablet');
  const leaves = await Promise.all(back.ballots.map(({ line }) => leafOf(line)));
  if ((await headOf(leaves)) !== back.minutes.head) return refuse('head-differs');
  const { checkIns, ballots } = back.minutes;
  if (new Set(back.used).size !== checkIns || back.ballots.length !== ballots) {
    return refuse('sums-differ');
  }
  return ok(back);
}

function asReturn(json: unknown): TabletReturn | null {
  if (!isRecord(json) || json['v'] !== 1) return null;
  const { tablet, round, device, minutes, used, ballots } = json;
  if (typeof tablet !== 'string' || typeof round !== 'string') return null;
  if (typeof device !== 'string' || fromBase64Url(device)?.length !== 32) return null;
  const read = asMinutes(minutes);
  if (read === null || !Array.isArray(used) || !Array.isArray(ballots)) return null;
  if (used.length > MAX_RESIDENTS || ballots.length > MAX_RESIDENTS) return null;
  if (!used.every((index): index is number => isCount(index))) return null;
  const lines = ballots.map(asBallot);
  if (!lines.every((ballot) => ballot !== null)) return null;
  return { v: 1, tablet, round, device, minutes: read, used, ballots: lines };
}

function asMinutes(json: unknown): TabletMinutes | null {
  if (!isRecord(json)) return null;
  const { checkIns, ballots, vouchers, head } = json;
  if (!isCount(checkIns) || !isCount(ballots) || !isCount(vouchers)) return null;
  if (typeof head !== 'string' || !/^[0-9a-f]{64}$/.test(head)) return null;
  return { checkIns, ballots, vouchers, head };
}

function asBallot(json: unknown): TabletBallot | null {
  if (!isRecord(json)) return null;
  const { line, receipt } = json;
  if (typeof receipt !== 'string' || !Array.isArray(line) || line.length !== 2) return null;
  const [body, signature] = line as unknown[];
  if (typeof body !== 'string' || typeof signature !== 'string') return null;
  return { line: [body, signature], receipt };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
