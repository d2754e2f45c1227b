import { createPublicKey } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { auditEntry } from '@/db/registry/schema';
import type { Actor } from '@/lib/auth/actor';
import { lineText } from '@/lib/ballots/body';
import { composeBallot } from '@/lib/ballots/compose';
import { beginCredential, finishCredential } from '@/lib/ballots/credential';
import { issueCredential } from '@/lib/credentials/commands';
import { requestOpenRound } from '@/lib/rounds/commands';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import { contestsFor } from '@/lib/rounds/contests';
import type { DraftInput } from '@/lib/rounds/input';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { groupOfDistrict } from '@/lib/rounds/rules';
import { asSuperuser, seedCycle, seedResident, TEST_CYCLE } from '@/lib/rounds/test-round';
import { present } from '@/lib/shared/assert';
import { fromBase64Url, toBase64Url } from '@/lib/shared/bytes';
import { freshRegistry } from '@/services/supervisor/test-support';
import { boxClient } from './box-client';
import { createIssuer } from './issuer';
import { orderKeyPair } from './keys';
import { advanceRound, type StepContext } from './steps';
import { fakeBox, type FakeBox } from './test-box';

const OPERATOR: Actor = { kind: 'operator' };
const HOUR_MS = 60 * 60 * 1000;

interface Resident {
  readonly id: string;
  readonly districtCode: string;
}

/** A worker's steps between a real registry and a box in memory, with sixty residents. */
export async function startSteps() {
  const fresh = await freshRegistry();
  const keysFolder = await mkdtemp(join(tmpdir(), 'minka-worker-'));
  const key = await orderKeyPair(keysFolder);
  const box = await fakeBox(createPublicKey(key.privateKey));
  const context: StepContext = {
    db: fresh.db,
    box: boxClient(box.url, key),
    keysFolder,
    orderKey: key.publicKey,
    paperPending: () => Promise.resolve({ minutes: 0, tablets: 0 }),
    municipality: 'Huancayo',
    witnesses: [],
    software: 'test',
  };
  await seedCycle(fresh.db);
  const residents: Resident[] = [];
  for (let i = 0; i < 60; i += 1) {
    const districtCode = i < 45 ? '120114' : i < 55 ? '120101' : '120130';
    const id = await seedResident(fresh.db, { dni: String(60_000_000 + i), districtCode });
    residents.push({ id, districtCode });
  }
  return new Steps(fresh, keysFolder, box, context, residents);
}

export class Steps {
  constructor(
    readonly fresh: Awaited<ReturnType<typeof freshRegistry>>,
    readonly keysFolder: string,
    readonly box: FakeBox,
    readonly context: StepContext,
    private readonly residents: readonly Resident[],
  ) {}

  async stop(): Promise<void> {
    await this.box.stop();
    await this.fresh.drop();
    await rm(this.keysFolder, { recursive: true });
  }

  resident(index: number): Resident {
    return present(this.residents[index], `resident ${index.toString()}`);
  }

  async drafted(id: string, changes: Partial<DraftInput> = {}): Promise<string> {
    const answer = await draftRound(this.fresh.db, OPERATOR, { ...draft(id), ...changes });
    if (!answer.ok) throw new Error(answer.reason);
    return id;
  }

  /** One fund is voted in one round at a time: what a test leaves behind is over. */
  async endOthers(): Promise<void> {
    await asSuperuser(
      this.fresh.owner,
      (sql) => sql`update round
        set state = case when manifest is null then 'draft' else 'published' end`,
    );
  }

  async opened(id: string): Promise<string> {
    await this.endOthers();
    await this.drafted(id);
    const asked = await requestOpenRound(this.fresh.db, OPERATOR, { roundId: id });
    if (!asked.ok) throw new Error(asked.reason);
    await advanceRound(this.context, id);
    const { state } = await this.round(id);
    if (state !== 'open') throw new Error(`The round is ${state}`);
    return id;
  }

  async round(id: string) {
    return present(await roundById(this.fresh.db, id), `round ${id}`);
  }

  /** Who did what to the round, in order. */
  async actionsOf(id: string): Promise<string[]> {
    const entries = await this.fresh.db
      .select({ action: auditEntry.action, actor: auditEntry.actor })
      .from(auditEntry)
      .where(eq(auditEntry.subject, `round:${id}`))
      .orderBy(auditEntry.seq);
    return entries.map((entry) => `${entry.actor} ${entry.action}`);
  }

  /** What the box was told to do with the round, in order. */
  ordersOf(id: string): { type: string; round: string; text?: string }[] {
    return this.box.orders
      .map((text) => JSON.parse(text) as { type: string; round: string; text?: string })
      .filter(({ round }) => round === id);
  }

  /** Everything a phone does; the ballot lands in the box. */
  async vote(roundId: string, resident: Resident): Promise<void> {
    const hash = present((await this.round(roundId)).manifestHash, 'manifest hash');
    const manifest = await frozenManifest(this.fresh.db, roundId, hash);
    const group = present(groupOfDistrict(manifest.groups, resident.districtCode), 'group');
    const pending = await beginCredential(roundId, group.id, group.key);
    const issued = await issueCredential(
      this.fresh.db,
      createIssuer(this.fresh.db, this.keysFolder),
      {
        roundId,
        residentId: resident.id,
        blinded: present(fromBase64Url(pending.blinded), 'blinded value'),
      },
    );
    if (!issued.ok) throw new Error(issued.reason);
    const signature = toBase64Url(issued.value.signature);
    const credential = await finishCredential(pending, signature, group.key);
    if (!credential.ok) throw new Error(credential.reason);
    const choices = Object.fromEntries(
      contestsFor(manifest, group.id).map((contest) => [
        contest.id,
        contest.kind === 'rank' ? ['SOC-1', 'ECO-1'] : [present(contest.proposals[0], 'one').id],
      ]),
    );
    const ballot = await composeBallot({
      manifest,
      manifestHash: hash,
      credential: credential.value,
      choices,
      seq: 1,
      previous: null,
      secret: new Uint8Array(32).fill(1),
    });
    present(this.box.rounds.get(roundId), `round ${roundId}`).lines.push(lineText(ballot.line));
  }
}

function draft(id: string): DraftInput {
  return {
    id,
    cycleId: TEST_CYCLE,
    screenCode: id.toUpperCase(),
    nameEs: 'Votación de prueba',
    nameEn: 'Test vote',
    opensAt: new Date(Date.now() - HOUR_MS),
    closesAt: new Date(Date.now() + HOUR_MS),
    livePolicy: 'at-close',
    minGroup: 20,
    ranksPlan: true,
    allocates: [
      { envelopeId: 'pp2027-province', rule: 'equal-shares' },
      { envelopeId: 'pp2027-120114', rule: 'greedy' },
    ],
  };
}
