import { createPublicKey, verify } from 'node:crypto';
import { lineText } from '@/lib/ballots/body';
import { composeBallot, type SignedBallot } from '@/lib/ballots/compose';
import { beginCredential, finishCredential, type Credential } from '@/lib/ballots/credential';
import { promiseText, type CastAnswer, type CastPromise } from '@/lib/ballots/types';
import { choicesFor } from '@/db/seed/preferences';
import type { Draw } from '@/db/seed/random';
import type { DemoResident } from '@/db/seed/roll';
import { residentId } from '@/db/seed/write/foundation';
import { contestsFor } from '@/lib/rounds/contests';
import type { Manifest } from '@/lib/rounds/manifest';
import { groupOfDistrict } from '@/lib/rounds/rules';
import { present } from '@/lib/shared/assert';
import { utf8 } from '@/lib/shared/bytes';
import type { Issue } from './issue';

/** What the box said about a ballot, to be compared with the record at the end. */
export interface Told {
  readonly line: string;
  readonly leaf: string;
  readonly receipt: string;
  readonly credential: string;
  /** 201 or 200 was answered. False: the box said that it is closed and does not have it. */
  readonly acknowledged: boolean;
}

export interface VotersOptions {
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly boxUrl: string;
  readonly issue: Issue;
  readonly draw: Draw;
  /** Most a voter waits between two acts, milliseconds. */
  readonly pauseMs: number;
}

/** How long a client goes on asking: far beyond any restart. */
const PATIENCE_MS = 90_000;
const AGAIN_MS = 150;

/** Residents who vote and change their votes, and ask again with the same bytes until they know. */
export class Voters {
  readonly told: Told[] = [];
  /** Whatever must not happen, in words. */
  readonly problems: string[] = [];
  issued = 0;
  /** Ballots the box said it has, copies not counted. */
  acknowledged = 0;
  /** Requests that failed or were put off, and were sent again. */
  retries = 0;
  private done = false;

  constructor(private readonly options: VotersOptions) {}

  /** So many at a time, one resident after the other, until told that the round is closed. */
  async run(roll: readonly DemoResident[], atOnce: number): Promise<void> {
    const queue = [...roll];
    const client = async (): Promise<void> => {
      for (let next = queue.shift(); next && !this.done; next = queue.shift()) {
        await this.vote(next).catch((error: unknown) => {
          this.problems.push(`resident ${next.index}: ${String(error)}`);
        });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, client));
  }

  private async vote(resident: DemoResident): Promise<void> {
    const { manifest, manifestHash, draw } = this.options;
    const credential = await this.activate(resident);
    if (credential === null) return;
    const changes = 1 + draw(3);
    let previous: string | null = null;
    for (let seq = 1; seq <= changes && !this.done; seq++) {
      const choices = choicesFor(
        { index: resident.index + seq, districtCode: resident.districtCode },
        contestsFor(manifest, credential.group),
      );
      const secret = crypto.getRandomValues(new Uint8Array(32));
      const ballot: SignedBallot = await composeBallot({
        ...{ manifest, manifestHash, credential, choices, seq, previous, secret },
      });
      const twice = draw(5) === 0 ? [ballot, ballot] : [ballot];
      const answers = await Promise.all(twice.map((one) => this.cast(one)));
      const acknowledged = answers.some((answer) => answer === 'kept');
      if (acknowledged && answers.includes('closed')) {
        this.problems.push(`one copy of ${ballot.leaf} was kept, the other called too late`);
      }
      const { leaf, receipt } = ballot;
      const line = lineText(ballot.line);
      this.told.push({ line, leaf, receipt, credential: credential.spki, acknowledged });
      if (!acknowledged) {
        this.done = true;
        return;
      }
      this.acknowledged += 1;
      previous = leaf;
      await wait(draw(this.options.pauseMs));
    }
  }

  private async activate(resident: DemoResident): Promise<Credential | null> {
    const { manifest, issue } = this.options;
    const group = present(groupOfDistrict(manifest.groups, resident.districtCode), 'group');
    const pending = await beginCredential(manifest.round, group.id, group.key);
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const issued = await issue(residentId(resident.index), pending.blinded);
      if (issued.is === 'signature') {
        const finished = await finishCredential(pending, issued.signature, group.key);
        if (!finished.ok) throw new Error('the issuer signed something else');
        this.issued += 1;
        return finished.value;
      }
      if (issued.is === 'refused') {
        if (issued.reason === 'round-not-open') {
          this.done = true;
          return null;
        }
        throw new Error(`no credential: ${issued.reason}`);
      }
      if (Date.now() > until) throw new Error('no credential in time');
      this.retries += 1;
      await wait(AGAIN_MS);
    }
  }

  /** Sends the same bytes until the box says kept or closed; anything else is a problem. */
  private async cast(ballot: SignedBallot): Promise<'kept' | 'closed'> {
    const body = JSON.stringify({ line: ballot.line, receipt: ballot.receipt });
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.post(body);
      if (answer !== null) {
        if (answer.status === 200 || answer.status === 201) {
          this.checkPromise(ballot, answer.promise);
          return 'kept';
        }
        if (answer.status === 410) return 'closed';
        if (answer.status !== 503) {
          throw new Error(`an honest ballot got ${answer.status} ${answer.reason ?? ''}`);
        }
      }
      if (Date.now() > until) throw new Error('no answer in time');
      this.retries += 1;
      await wait(AGAIN_MS);
    }
  }

  private async post(body: string): Promise<CastAnswer | null> {
    try {
      const response = await fetch(`${this.options.boxUrl}/v1/ballots`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(20_000),
      });
      return (await response.json()) as CastAnswer;
    } catch {
      return null;
    }
  }

  private checkPromise(ballot: SignedBallot, promise: CastPromise | undefined): void {
    const { manifest } = this.options;
    const spki = Buffer.from(manifest.recordKey, 'base64url');
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const holds =
      promise?.round === manifest.round &&
      promise.leaf === ballot.leaf &&
      promise.code === ballot.receipt &&
      verify(null, utf8(promiseText(promise)), key, Buffer.from(promise.signature, 'base64url'));
    if (!holds) this.problems.push(`the promise for ${ballot.leaf} does not hold`);
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
