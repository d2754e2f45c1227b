import { readCode } from '@/lib/ballots/receipt';
import { withoutSeparators } from '@/lib/shared/crockford';

/** Asking the ballot box for a receipt: from the phone, or from the server when there is no script. */

export type CodeProblem = 'empty' | 'length' | 'wrong';

export type LookUp =
  | { readonly kind: 'unreadable'; readonly problem: CodeProblem; readonly typed: number }
  | {
      readonly kind: 'recorded';
      readonly code: string;
      readonly isOpen: boolean;
      /** Its batch stands in the public record. */
      readonly isPublished: boolean;
    }
  | { readonly kind: 'missing'; readonly code: string }
  | { readonly kind: 'away' };

const CODE_CHARACTERS = 13;
const ANSWER_WITHIN_MS = 15_000;

/** Why what was typed is no code, or the code itself. Separators do not count as characters. */
export function readTyped(typed: string): string | Extract<LookUp, { kind: 'unreadable' }> {
  const code = readCode(typed);
  if (code !== null) return code;
  const count = Array.from(withoutSeparators(typed)).length;
  const problem = count === 0 ? 'empty' : count === CODE_CHARACTERS ? 'wrong' : 'length';
  return { kind: 'unreadable', problem, typed: count };
}

export async function lookUpReceipt(boxUrl: string, round: string, typed: string): Promise<LookUp> {
  const code = readTyped(typed);
  if (typeof code !== 'string') return code;
  try {
    const response = await fetch(
      `${boxUrl}/v1/rounds/${encodeURIComponent(round)}/receipts/${code}`,
      {
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      },
    );
    if (!response.ok) return { kind: 'away' };
    const answer = (await response.json()) as Record<'recorded' | 'batch' | 'state', unknown>;
    if (answer.recorded !== true) return { kind: 'missing', code };
    const isPublished = typeof answer.batch === 'number';
    return { kind: 'recorded', code, isOpen: answer.state === 'open', isPublished };
  } catch {
    return { kind: 'away' };
  }
}
