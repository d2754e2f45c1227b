import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resident, rollAddition, rollVersion } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { decide } from '@/lib/approvals/commands';
import { expireApprovals } from '@/lib/approvals/expiry';
import { recordAudit } from '@/lib/audit/commands';
import { untilSomebodyWaits } from '@/lib/audit/waiting.fixture';
import { BUDGETS } from '@/lib/limits/budgets';
import { limitsOver } from '@/lib/limits/store';
import { seedCycle, TEST_KEYS } from '@/lib/rounds/test-round';
import { ok } from '@/lib/shared/result';
import { additionInput, askAddition, seeAddition } from '../additions';
import { openRequest } from '../proposal-queries';
import { settleProposals } from '../retention';
import { takeBackProposal } from '../take-back';
import { lockRoll } from '../versions';
import { chooseColumns, giveUpImport, proposeImport } from './commands';
import { first, HEAD, officer, rollGround, second, type RollGround } from './import.fixture';
import { mappingShape } from './input';
import { ROLL_ADDITION_KIND, ROLL_IMPORT_KIND } from './types';
import { advanceImport } from './work';

/** What becomes of a proposal that nobody decides, that is decided twice, or while the roll is busy. */

let ground: RollGround;
let fresh: RollGround['fresh'];

beforeAll(async () => {
  ground = await rollGround(TEST_KEYS, seedCycle);
  ({ fresh } = ground);
});
afterAll(() => ground.drop());
beforeEach(async () => {
  await ground.empty();
});

const PEDRO = additionInput.parse({
  dni: '40000002',
  districtCode: '120101',
  name: 'Inga, Pedro',
  phone: '964000002',
  reason: 'Cambió de domicilio',
});
const endless = () => Promise.resolve({ ok: true as const });
const addition = () =>
  askAddition({ db: fresh.db, keys: TEST_KEYS, spend: endless }, officer, PEDRO);

async function asked(): Promise<{ approvalId: string; additionId: string }> {
  const answer = await addition();
  if (!answer.ok) throw new Error(answer.reason);
  const [row] = await fresh.db.select({ id: rollAddition.id }).from(rollAddition);
  return { approvalId: answer.value, additionId: row!.id };
}

/** Its days are over; the row is kept from being rewritten otherwise. */
async function runOut(): Promise<void> {
  await fresh.owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update approval set expires_at = now() - interval '1 second' where decision is null`;
  });
}

describe('a proposal that nobody decided in its days', () => {
  it('of a file leaves it ready to be proposed again, and the roll to others', async () => {
    const { importId, approvalId } = await ground.proposed(`${HEAD}40000001;El Tambo;;A\n`);
    const other = await ground.previewed(`${HEAD}40000002;El Tambo;;B\n`);
    await runOut();
    const stuck = await proposeImport(fresh.db, officer, { importId: other, reason: 'x' });
    expect(stuck).toEqual({ ok: false, reason: 'another-proposed' });
    const decision = { approvalId, decision: 'declined' as const };
    expect(await decide(fresh.db, first, decision)).toEqual({ ok: false, reason: 'expired' });
    expect(await expireApprovals(fresh.db)).toBe(1);
    expect(await expireApprovals(fresh.db)).toBe(0);
    await settleProposals(fresh.db);
    expect((await ground.rowOf(importId)).state).toBe('previewed');
    const [told] = await fresh.sql`
      select actor, subject, details from audit_entry where action = 'approval.expired'
      order by seq desc limit 1`;
    expect(told).toEqual({
      actor: 'system',
      subject: `roll-import:${importId}`,
      details: { approval: approvalId, kind: 'roll.import' },
    });
    const again = await proposeImport(fresh.db, officer, { importId, reason: 'Otra vez' });
    expect(again.ok).toBe(true);
  });

  it('of a person erases what was kept of her, and she can be asked for again', async () => {
    const { additionId } = await asked();
    await runOut();
    expect(await addition()).toEqual({ ok: false, reason: 'already-asked' });
    await expireApprovals(fresh.db);
    await settleProposals(fresh.db);
    const [row] = await fresh.db.select().from(rollAddition).where(eq(rollAddition.id, additionId));
    expect(row).toMatchObject({
      state: 'declined',
      dniSealed: null,
      nameSealed: null,
      phoneSealed: null,
    });
    expect((await addition()).ok).toBe(true);
  });

  it('leaves alone what still has its days', async () => {
    const { approvalId, additionId } = await asked();
    expect(await expireApprovals(fresh.db)).toBe(0);
    await settleProposals(fresh.db);
    expect(await openRequest(fresh.db, ROLL_ADDITION_KIND, additionId)).toMatchObject({
      id: approvalId,
    });
  });
});

describe('whoever asked', () => {
  it('takes a file back, an officer too, and nobody else does', async () => {
    const { importId } = await ground.proposed(`${HEAD}40000001;El Tambo;;A\n`);
    const of = { kind: ROLL_IMPORT_KIND, subject: importId } as const;
    expect(await takeBackProposal(fresh.db, first, of)).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    expect((await takeBackProposal(fresh.db, officer, of)).ok).toBe(true);
    expect((await ground.rowOf(importId)).state).toBe('previewed');
    expect(await takeBackProposal(fresh.db, officer, of)).toEqual({
      ok: false,
      reason: 'not-found',
    });
    expect((await giveUpImport(ground.tools, officer, importId)).ok).toBe(true);
  });

  it('takes a person back, and nothing of her is left to read', async () => {
    const { additionId } = await asked();
    const of = { kind: ROLL_ADDITION_KIND, subject: additionId } as const;
    expect((await takeBackProposal(fresh.db, officer, of)).ok).toBe(true);
    expect(await openRequest(fresh.db, of.kind, of.subject)).toBeNull();
    const [row] = await fresh.db.select().from(rollAddition);
    expect(row).toMatchObject({ state: 'declined', dniSealed: null, phoneSealed: null });
  });
});

describe('T22: the second person of an addition', () => {
  it('sees the whole person, which is written down, and nobody else does', async () => {
    const { additionId } = await asked();
    const see = (who: typeof officer) => seeAddition(fresh.db, TEST_KEYS, who, additionId);
    expect(await see(officer)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await see(second)).toEqual({
      ok: true,
      value: { dni: '40000002', name: 'Inga, Pedro', phone: '964000002' },
    });
    const [told] = await fresh.sql`
      select actor, subject, details from audit_entry where action = 'roll.addition-seen'`;
    expect(told).toEqual({
      actor: 'staff:berta',
      subject: `roll-addition:${additionId}`,
      details: {},
    });
  });

  it.each([
    ['another DNI', { dniHash: Buffer.alloc(32, 1) }],
    ['another phone', { phoneSealed: Buffer.from('otro') }],
    ['another name', { nameSealed: null }],
    ['another district', { districtCode: '120114' }],
  ])('says yes to this person: %s is refused', async (_, change) => {
    const { approvalId } = await asked();
    await fresh.db.update(rollAddition).set(change);
    const decision = { approvalId, decision: 'approved' as const };
    expect(await decide(fresh.db, first, decision)).toEqual({
      ok: false,
      reason: 'changed-since',
    });
    expect(await ground.roll()).toEqual([]);
  });

  it('leaves in the audit nothing that leads to the person', async () => {
    const { approvalId } = await asked();
    await decide(fresh.db, first, { approvalId, decision: 'approved' });
    expect(await ground.roll()).toEqual(['02 120101']);
    const [row] = await fresh.db.select().from(rollAddition);
    expect(row).toMatchObject({ state: 'applied', dniSealed: null });
    const entries = await fresh.sql`select details from audit_entry
      where details ->> 'kind' = 'roll.addition' and action = 'approval.asked'
      order by seq desc limit 1`;
    const { payload } = entries[0]!['details'] as { payload: object };
    expect(Object.keys(payload)).toEqual(['digest']);
  });

  it('is found by no trying out: adding draws on the budget of looking people up', async () => {
    await ground.applied(`${HEAD}40000009;El Tambo;;A\n`);
    const limits = limitsOver(fresh.db, { secret: 's'.repeat(32), factor: 1 }, (error) => {
      throw error;
    });
    const spend = (budget: keyof typeof BUDGETS, key: string) => limits.spend(budget, key);
    const tools = { db: fresh.db, keys: TEST_KEYS, spend };
    const reasons: string[] = [];
    for (let time = 0; time <= BUDGETS['desk-lookup'].points; time += 1) {
      const answer = await askAddition(tools, officer, { ...PEDRO, dni: '40000009' });
      reasons.push(answer.ok ? 'ok' : answer.reason);
    }
    expect(reasons.slice(0, -1).every((reason) => reason === 'already-on-roll')).toBe(true);
    expect(reasons.at(-1)).toBe('limited');
  });
});

describe('two changes of the roll at the same moment', () => {
  it('neither waits for the other in a circle: whoever holds the roll gets the audit', async () => {
    const { approvalId } = await asked();
    let deciding: ReturnType<typeof decide> | undefined;
    // As an import is applied: the roll first, the audit at the end.
    const holding = inTransaction(fresh.db, async (tx) => {
      await lockRoll(tx);
      deciding = decide(fresh.db, first, { approvalId, decision: 'approved' });
      await untilSomebodyWaits(fresh.owner);
      await recordAudit(tx, { actor: 'worker', action: 'roll.applied', subject: 'roll' });
      return ok(null);
    });
    expect((await holding).ok).toBe(true);
    expect(await deciding).toMatchObject({ ok: true });
    expect(await ground.roll()).toEqual(['02 120101']);
  });

  it('the other way round: who decides while an import is applied is told so, and waits for nothing', async () => {
    const { approvalId } = await asked();
    const { importId, approvalId: ofImport } = await ground.proposed(
      `${HEAD}40000001;El Tambo;;A\n`,
    );
    await decide(fresh.db, second, { approvalId: ofImport, decision: 'approved' });
    const decision = { approvalId, decision: 'approved' as const };
    await inTransaction(fresh.db, async (tx) => {
      await lockRoll(tx);
      expect(await decide(fresh.db, first, decision)).toEqual({ ok: false, reason: 'roll-busy' });
      return ok(null);
    });
    await advanceImport(ground.tools, importId);
    expect(await decide(fresh.db, first, decision)).toMatchObject({ ok: true });
    expect(await ground.roll()).toEqual(['01 120114', '02 120101']);
  });

  it('a file that was asked for twice names the two people of its last yes', async () => {
    const { importId, approvalId } = await ground.proposed(`${HEAD}40000001;El Tambo;;A\n`);
    await decide(fresh.db, first, { approvalId, decision: 'approved' });
    // Another version came in before the worker: it is compared and asked for again.
    await fresh.db.insert(rollVersion).values({
      number: 1,
      kind: 'addition',
      people: 0,
      perDistrict: {},
      askedBy: 'staff:x',
      approvedBy: 'staff:y',
    });
    await advanceImport(ground.tools, importId);
    await advanceImport(ground.tools, importId);
    const mapping = mappingShape.parse((await ground.rowOf(importId)).mapping);
    await chooseColumns(fresh.db, officer, { importId, mapping });
    await advanceImport(ground.tools, importId);
    const again = await proposeImport(fresh.db, second, { importId, reason: 'Otra vez' });
    if (!again.ok) throw new Error(again.reason);
    await decide(fresh.db, first, { approvalId: again.value, decision: 'approved' });
    await advanceImport(ground.tools, importId);
    const [version] = await fresh.db.select().from(rollVersion).where(eq(rollVersion.number, 2));
    expect(version).toMatchObject({ askedBy: 'staff:berta', approvedBy: 'staff:ana' });
    expect(await fresh.db.$count(resident)).toBe(1);
  });
});
