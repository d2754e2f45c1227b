import { afterEach, describe, expect, it } from 'vitest';
import { testBox, type TestBox } from './test-box';

let test: TestBox;
afterEach(async () => {
  await test.stop();
});

async function stored(): Promise<number> {
  const [row] = await test.database.owner<{ n: number }[]>`select count(*)::int as n from ballot`;
  return row?.n ?? -1;
}

describe('a ballot is never said to be recorded when it is not', () => {
  it('with the database away: 503, and once it is back the same bytes are stored once', async () => {
    test = await testBox({}, { answerWithinMs: 2000 });
    await test.openRound();
    const ballot = await test.ballot();
    // Existing connections are cut, and nobody but a superuser may connect.
    const { owner } = test.database;
    await owner`revoke connect on database ${owner(await nameOf())} from public`;
    await owner`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename <> current_user`;
    expect(await test.cast(ballot)).toMatchObject({ status: 503, reason: 'unavailable' });
    expect((await fetch(`${test.url}/health`)).status).toBe(503);
    expect(await stored()).toBe(0);

    await owner`grant connect on database ${owner(await nameOf())} to public`;
    await expect
      .poll(async () => (await test.cast(ballot)).status, { timeout: 20_000 })
      .toBeLessThan(300);
    expect(await stored()).toBe(1);
  });

  it('with a full disk: 503 and nothing stored', async () => {
    test = await testBox();
    await test.openRound();
    const { owner } = test.database;
    await owner`create function full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'no space left on device' using errcode = 'disk_full'; end $$`;
    await owner`create trigger full_disk before insert on ballot execute function full_disk()`;
    const ballot = await test.ballot();
    expect(await test.cast(ballot)).toMatchObject({ status: 503 });
    expect(await stored()).toBe(0);
    // What is written about the failure holds nothing of the ballot (threat T24).
    expect(test.logged.join()).toContain('53100');
    const body = JSON.parse(ballot.line[0]) as Record<string, string>;
    for (const secret of [ballot.receipt, ballot.leaf, body['k'], body['t'], body['s'], 'SOC-2']) {
      expect(test.logged.join()).not.toContain(secret);
    }
    await owner`drop trigger full_disk on ballot`;
    expect(await test.cast(ballot)).toMatchObject({ status: 201 });
  });

  it('with every connection taken: 503 in time, and one ballot after the retries', async () => {
    test = await testBox({}, { connections: 3, answerWithinMs: 300 });
    await test.openRound();
    const ballot = await test.ballot();
    const { owner } = test.database;
    await owner.begin(async (tx) => {
      await tx`lock table ballot in access exclusive mode`;
      const answers = await Promise.all(Array.from({ length: 8 }, () => test.cast(ballot)));
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 503));
    });
    await expect.poll(async () => (await test.cast(ballot)).status, { timeout: 20_000 }).toBe(200);
    expect(await stored()).toBe(1);
  });
});

describe('stopping', () => {
  it('answers what is under way, ends the streams, and keeps exactly what it said it kept', async () => {
    test = await testBox();
    await test.openRound();
    const sent = await Promise.all(Array.from({ length: 60 }, () => test.ballot()));
    const stream = await fetch(`${test.url}/v1/rounds/${test.round.manifest.round}/stream`);
    let closing: Promise<void> | undefined;
    const statuses = await Promise.all(
      sent.map(async (ballot) => {
        const answer = await test.cast(ballot).catch(() => null);
        closing ??= test.box.close();
        return answer?.status ?? null;
      }),
    );
    await closing;
    expect(await stream.text()).toContain('data: ');
    const said = statuses.filter((status) => status === 201).length;
    expect(said).toBeGreaterThan(0);
    expect(await stored()).toBe(said);
  });
});

async function nameOf(): Promise<string> {
  const [row] = await test.database.owner<{ name: string }[]>`select current_database() as name`;
  return row?.name ?? '';
}
