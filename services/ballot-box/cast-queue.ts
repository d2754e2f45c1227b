import { storeBallot, type BallotRow, type CastOutcome } from '@/db/ballot-box/ballots';
import { concernsOneBallot, hex, storeBallots } from '@/db/ballot-box/casting';
import type { BallotBox } from '@/db/ballot-box/client';
import { present } from '@/lib/shared/assert';

/**
 * Checked ballots on their way into the database. A ballot that finds nothing under way goes at once;
 * those that arrive while commits are under way share the next one (decision 0011). Each is answered
 * after the commit that holds it, as if it had come alone.
 */

/** Commits under way at once. */
const MAX_COMMITS = 4;
/** More would wait longer than a client does: they are told to come back before anything is checked. */
const MAX_WAITING = 2000;
/** What a lost connection or a full disk may take along. */
const MAX_TOGETHER = 64;

interface Waiting {
  readonly row: BallotRow;
  /** Two ballots of one credential never share a commit: what one may be depends on the other. */
  readonly credential: string;
  readonly resolve: (outcome: CastOutcome) => void;
  readonly reject: (error: unknown) => void;
}

export class CastQueue {
  private waiting: Waiting[] = [];
  private commits = 0;

  constructor(private readonly sql: BallotBox) {}

  get full(): boolean {
    return this.waiting.length >= MAX_WAITING;
  }

  /** Resolves after the commit; rejects when it is not known to have happened. */
  store(row: BallotRow): Promise<CastOutcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ row, credential: hex(row.credential), resolve, reject });
      this.next();
    });
  }

  private next(): void {
    // One commit at a time costs the least; another one begins when whole commits are waiting, so
    // that one that hangs does not hold up all others.
    for (;;) {
      const whole = Math.floor(this.waiting.length / MAX_TOGETHER);
      if (this.commits >= Math.min(MAX_COMMITS, 1 + whole)) return;
      const [first, ...others] = this.take();
      if (!first) return;
      this.commits += 1;
      void this.commit([first, ...others]).finally(() => {
        this.commits -= 1;
        this.next();
      });
    }
  }

  /** The longest waiting ones that may share a commit; the rest stays in its order. */
  private take(): Waiting[] {
    const first = this.waiting[0];
    if (!first) return [];
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    const seen = new Set<string>();
    for (const each of this.waiting) {
      const { round, receipt } = each.row;
      const joins =
        taken.length < MAX_TOGETHER &&
        round === first.row.round &&
        !seen.has(each.credential) &&
        !seen.has(receipt);
      if (joins) seen.add(receipt);
      // Whoever is left behind also holds back what comes after it with the same credential.
      seen.add(each.credential);
      (joins ? taken : left).push(each);
    }
    this.waiting = left;
    return taken;
  }

  private async commit(batch: readonly [Waiting, ...Waiting[]]): Promise<void> {
    const [first, ...others] = batch;
    if (others.length === 0) {
      await this.alone(first);
      return;
    }
    try {
      const outcomes = await storeBallots(this.sql, [first.row, ...others.map(({ row }) => row)]);
      batch.forEach((each, index) => {
        each.resolve(present(outcomes[index], 'an outcome for each ballot'));
      });
    } catch (error) {
      if (concernsOneBallot(error)) for (const each of batch) await this.alone(each);
      else for (const each of batch) each.reject(error);
    }
  }

  private async alone({ row, resolve, reject }: Waiting): Promise<void> {
    await storeBallot(this.sql, row).then(resolve, reject);
  }
}
