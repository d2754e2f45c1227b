import type { PendingQuery, Row, Sql, TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editPlanText } from '@/lib/plan/commands';
import { evaluateProposal } from '@/lib/proposals/commands';
import { freshRegistry } from '@/services/supervisor/test-support';
import { requestOpenRound } from './commands';
import { draftRound } from './commands/draft-round';
import { freezeRound, recordOpened } from './commands/open-round';
import { seedCycle, seedResident, TEST_CYCLE } from './test-round';

const OPERATOR = { kind: 'operator' } as const;
const WORKER = { kind: 'worker' } as const;
const HOUR_MS = 60 * 60 * 1000;
const ID = 'congelada';

type Change = (sql: Sql | TransactionSql) => PendingQuery<Row[]>;

let fresh: Awaited<ReturnType<typeof freshRegistry>>;

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  await seedResident(fresh.db, { dni: '70000001' });
  await fresh.sql`insert into proposal select '2027-004', cycle_id, envelope_id, district_code,
    title_es, title_en, label_es, label_en, what_es, what_en, where_es, where_en, why_es, why_en,
    cost_cents, beneficiaries, proposer_kind, proposer_name, 'submitted' from proposal
    where code = '2027-001'`;
});
afterAll(async () => {
  await fresh.drop();
});

/** Everything a manifest says, changed in every way the database knows. */
const FORBIDDEN: [string, Change][] = [
  ['the name of the round', (sql) => sql`update round set name_es = 'Otra'`],
  ['its end', (sql) => sql`update round set closes_at = closes_at + interval '1 day'`],
  ['its beginning', (sql) => sql`update round set opens_at = opens_at - interval '1 day'`],
  ['k', (sql) => sql`update round set min_group = 1`],
  ['what is shown live', (sql) => sql`update round set live_policy = 'live'`],
  ['the way back to a draft', (sql) => sql`update round set state = 'draft'`],
  ['the manifest', (sql) => sql`update round set manifest = replace(manifest, 'Fila', 'Cosa')`],
  ['its hash', (sql) => sql`update round set manifest_hash = 'x'`],
  ['the seed of the lots', (sql) => sql`update round set lot_seed = 'x'`],
  ['the salt of the roll', (sql) => sql`update round set roll_salt = sha256('x')`],
  ['a rule', (sql) => sql`update contest set rule = '{"kind": "greedy"}' where kind = 'allocate'`],
  [
    'the order of questions',
    (sql) => sql`update contest set position = 9 where id = 'prioridades'`,
  ],
  ['a question less', (sql) => sql`delete from contest where id = 'prioridades'`],
  [
    'a question more',
    (sql) => sql`insert into contest (round_id, id, kind, position, rule)
      values (${ID}, 'otra', 'rank', 9, '{}')`,
  ],
  ['the money', (sql) => sql`update envelope set amount_cents = 1 where scope = 'province'`],
  [
    'whose money it is',
    (sql) => sql`update envelope set scope = 'province', district_code = null
      where district_code = '120114'`,
  ],
  ['a cost', (sql) => sql`update proposal set cost_cents = 1 where code = '2027-001'`],
  ['a title', (sql) => sql`update proposal set title_es = 'Otra' where code = '2027-001'`],
  ['a label', (sql) => sql`update proposal set label_en = 'Other' where code = '2027-001'`],
  ['a text', (sql) => sql`update proposal set why_es = 'Otra' where code = '2027-001'`],
  [
    'the envelope of a proposal',
    (sql) => sql`update proposal set envelope_id = 'pp2027-120114' where code = '2027-001'`,
  ],
  [
    'a proposal less',
    (sql) => sql`update proposal set state = 'withdrawn' where code = '2027-001'`,
  ],
  ['a proposal more', (sql) => sql`update proposal set state = 'eligible' where code = '2027-004'`],
  [
    'a new proposal',
    (sql) => sql`insert into proposal select '2027-005', cycle_id, envelope_id, district_code,
      title_es, title_en, label_es, label_en, what_es, what_en, where_es, where_en, why_es, why_en,
      cost_cents, beneficiaries, proposer_kind, proposer_name, 'eligible' from proposal
      where code = '2027-001'`,
  ],
  [
    'the dimension of a proposal',
    (sql) => sql`delete from proposal_objective where proposal_code = '2027-001'`,
  ],
  ['another objective', (sql) => sql`update proposal_objective set position = 2`],
  ['the name of a row', (sql) => sql`update plan_row set label_es = 'Otra' where code = 'SOC-1'`],
  ['the title of a row', (sql) => sql`update plan_row set title_en = 'x' where code = 'SOC-1'`],
  ['the dimension of a row', (sql) => sql`update plan_row set dimension_code = 'INS'`],
  ['the order of rows', (sql) => sql`update plan_row set position = 9 where code = 'SOC-1'`],
  ['a row less', (sql) => sql`delete from plan_row where code = 'INS-1'`],
  ['the row of an objective', (sql) => sql`update plan_item set row_code = 'INS-1'`],
  ['the fiscal year', (sql) => sql`update cycle set fiscal_year = 2050`],
  ['what the vote is worth', (sql) => sql`update cycle set vote_effect = 'vinculante'`],
  ['somebody less on the roll', (sql) => sql`delete from roll_entry`],
  ['somebody moved', (sql) => sql`update roll_entry set district_code = '120130'`],
  [
    'somebody more on the roll',
    (sql) => sql`insert into roll_entry (round_id, resident_id, district_code)
      select ${ID}, id, '120114' from resident where dni_last_two = '99'`,
  ],
  ['who a resident is', (sql) => sql`update resident set dni_hash = sha256('x')`],
  ['everything', (sql) => sql`truncate round cascade`],
];

describe('before a round is frozen', () => {
  it('everything of it can still be changed', async () => {
    const drafted = await draftRound(fresh.db, OPERATOR, {
      id: ID,
      cycleId: TEST_CYCLE,
      screenCode: 'FRIO',
      nameEs: 'Votación',
      nameEn: 'Vote',
      opensAt: new Date(Date.now() - HOUR_MS),
      closesAt: new Date(Date.now() + HOUR_MS),
      livePolicy: 'at-close',
      minGroup: 20,
      ranksPlan: true,
      allocates: [
        { envelopeId: 'pp2027-province', rule: 'equal-shares' },
        { envelopeId: 'pp2027-120114', rule: 'greedy' },
      ],
    });
    expect(drafted.ok).toBe(true);
    for (const [, change] of FORBIDDEN) {
      await fresh.owner
        .begin(async (tx) => {
          await change(tx);
          throw new Error('undone');
        })
        .catch((error: unknown) => {
          expect(String(error)).not.toMatch(/manifest of a round/);
        });
    }
  });
});

describe.each(['opening', 'open', 'closing', 'closed', 'tallying', 'tallied'])(
  'while a round is %s',
  (state) => {
    beforeAll(async () => {
      const [now] = await fresh.sql`select state from round`;
      if (now!['state'] === 'draft') {
        expect(await requestOpenRound(fresh.db, OPERATOR, { roundId: ID })).toMatchObject({
          ok: true,
        });
        const words = (text: string) => ({ es: text, en: text });
        const frozen = await freezeRound(fresh.db, WORKER, ID, {
          municipality: 'Huancayo',
          titles: { rank: words('r'), province: words('p'), district: words },
          recordKey: 'AA',
          orderKey: 'AB',
          witnesses: [],
          engine: 'test',
          software: 'test',
          keyOf: () => Promise.resolve('AC'),
        });
        expect(frozen.ok).toBe(true);
        await seedResident(fresh.db, { dni: '70000099' });
      }
      if (state === 'open') await recordOpened(fresh.db, WORKER, ID);
      await fresh.sql`update round set state = ${state}`;
    });

    it.each(FORBIDDEN)('not even the owner of the database changes %s', async (what, change) => {
      await expect(change(fresh.owner)).rejects.toThrow(/stands in the manifest of a round/);
      if (what !== 'everything') {
        await expect(change(fresh.sql)).rejects.toThrow(/manifest of a round|permission denied/);
      }
    });

    it('the interface refuses in words, and what the manifest does not cover can be changed', async () => {
      const words = { titleEs: 'Otra', titleEn: 'Other', summaryEs: 'Uno', summaryEn: 'One' };
      const row = { code: 'SOC-1', labelEs: 'Otra', labelEn: 'Other', ...words };
      expect(await editPlanText(fresh.db, OPERATOR, row)).toEqual({
        ok: false,
        reason: 'being-voted',
      });
      const text = { ...words, code: 'SOC-1-O1' };
      expect(await editPlanText(fresh.db, OPERATOR, text)).toMatchObject({ ok: true });
      const verdict = {
        code: '2027-001',
        verdict: 'rejected',
        reasonEs: 'Ya no se puede',
        competence: 'municipal',
        costCents: 1,
      } as const;
      expect(await evaluateProposal(fresh.db, OPERATOR, verdict)).toEqual({
        ok: false,
        reason: 'frozen',
      });
      await fresh.sql`update proposal set state = 'rejected', reason_es = 'No' where code = '2027-004'`;
      await fresh.sql`update plan_row set summary_es = 'Otro resumen'`;
      await fresh.sql`update resident set phone_sealed = null`;
    });
  },
);

describe('once the result is published', () => {
  it('a proposal becomes funded, and its words and cost stay those that were voted on', async () => {
    await fresh.sql`update round set state = 'published'`;
    await fresh.sql`update proposal set state = 'funded' where code = '2027-001'`;
    await fresh.sql`update plan_row set title_es = 'Otro' where code = 'SOC-1'`;
    for (const change of [
      fresh.owner`update proposal set cost_cents = 1 where code = '2027-001'`,
      fresh.owner`update envelope set amount_cents = 1 where scope = 'province'`,
      fresh.owner`delete from contest`,
      fresh.owner`update round set manifest = 'x'`,
      fresh.owner`delete from roll_entry`,
    ]) {
      await expect(change).rejects.toThrow(/manifest of a round/);
    }
  });
});

describe('an edit and an opening at the same moment', () => {
  it('one waits for the other: what is voted is what is written', async () => {
    await fresh.owner`update plan_row set title_es = 'Fila SOC' where code = 'SOC-1'`;
    const drafted = await draftRound(fresh.db, OPERATOR, {
      id: 'carrera',
      cycleId: TEST_CYCLE,
      screenCode: 'CARRERA',
      nameEs: 'Votación',
      nameEn: 'Vote',
      opensAt: new Date(Date.now() - HOUR_MS),
      closesAt: new Date(Date.now() + HOUR_MS),
      livePolicy: 'at-close',
      minGroup: 20,
      ranksPlan: true,
      allocates: [],
    });
    expect(drafted.ok).toBe(true);
    let edited: Promise<unknown> = Promise.resolve();
    await fresh.sql.begin(async (tx) => {
      await tx`update round set state = 'opening' where id = 'carrera'`;
      edited = fresh.sql`update plan_row set title_es = 'Tarde' where code = 'SOC-1'`.catch(
        (error: unknown) => String(error),
      );
      // The edit is under way and waits for this transaction.
      for (let waiting = 0; waiting === 0;) {
        const [held] =
          await fresh.owner`select count(*)::int as held from pg_locks where not granted`;
        waiting = held!['held'] as number;
      }
    });
    expect(await edited).toMatch(/manifest of a round/);
  });
});
