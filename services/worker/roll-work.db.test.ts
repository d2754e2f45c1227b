import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decide } from '@/lib/approvals/commands';
import { importsWithWork } from '@/lib/roll/import/work';
import { first, HEAD, rollGround, type RollGround } from '@/lib/roll/import/import.fixture';
import { seedCycle, TEST_KEYS } from '@/lib/rounds/test-round';
import { takeStep } from './roll-work';

let ground: RollGround;

beforeAll(async () => {
  ground = await rollGround(TEST_KEYS, seedCycle);
});
afterAll(() => ground.drop());

it('an import that the database refuses to apply ends with a reason, and is not tried for ever', async () => {
  const { fresh } = ground;
  const { importId, approvalId } = await ground.proposed(`${HEAD}40000001;El Tambo;;A\n`);
  await decide(fresh.db, first, { approvalId, decision: 'approved' });
  await fresh.owner`alter table resident add constraint nobody_new check (dni_last_two <> '01')`;
  expect(await importsWithWork(fresh.db)).toEqual([importId]);
  const work = {
    importId,
    databaseUrl: fresh.url,
    dniKey: TEST_KEYS.dniKey,
    rollKey: 'r'.repeat(32),
    personKeys: '',
    uploads: ground.tools.uploads,
  };
  await takeStep(fresh.db, work, pino({ level: 'silent' }));
  expect(await ground.rowOf(importId)).toMatchObject({ state: 'failed', problem: 'not-applied' });
  expect(await importsWithWork(fresh.db)).toEqual([]);
  expect(await ground.roll()).toEqual([]);
  const told = await ground.audits('roll.import-failed');
  expect(told.map(({ details }) => details as object)).toEqual([{ problem: 'not-applied' }]);
  // The way is free for another.
  await fresh.owner`alter table resident drop constraint nobody_new`;
  await ground.applied(`${HEAD}40000001;El Tambo;;A\n`);
  expect(await ground.roll()).toEqual(['01 120114']);
});
