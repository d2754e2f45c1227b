import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testBox, type TestBox } from './test-box';

let test: TestBox;
beforeAll(async () => {
  test = await testBox();
  await test.openRound();
  await test.cast(await test.ballot());
});
afterAll(async () => {
  await test.stop();
});

describe('the ballot box database', () => {
  it('has no column of a time, serial or network type, no default that counts, no foreign key', async () => {
    const columns = await test.database.owner<
      { name: string; type: string; fallback: string | null }[]
    >`
      select table_name || '.' || column_name as name, data_type as type, column_default as fallback
      from information_schema.columns where table_schema = 'public' order by 1`;
    expect(columns.length).toBeGreaterThan(10);
    const telling = columns.filter(
      ({ type, fallback }) =>
        /time|date|interval|inet|cidr|macaddr|uuid/.test(type) || fallback !== null,
    );
    expect(telling).toEqual([]);
    const [counts] = await test.database.owner<{ keys: number; sequences: number }[]>`
      select (select count(*)::int from pg_constraint where contype = 'f') as keys,
             (select count(*)::int from pg_class where relkind = 'S') as sequences`;
    expect(counts).toEqual({ keys: 0, sequences: 0 });
  });

  it('lets the service add ballots and nothing else', async () => {
    const { sql } = test.database;
    const forbidden = [
      () => sql`update ballot set group_id = 'zona-1'`,
      () => sql`delete from ballot`,
      () => sql`truncate ballot`,
      () => sql`delete from receipt`,
      () => sql`update round set manifest = '{}'`,
      () => sql`delete from round`,
      () => sql`update live_figures set figures = ''`,
      () => sql`alter table ballot drop constraint ballot_one_per_sequence`,
      () => sql`create table mine (id int)`,
    ];
    for (const statement of forbidden) {
      await expect(statement()).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('refuses even its owner a change to a ballot, and a round any step back', async () => {
    const { owner } = test.database;
    const forbidden = [
      () => owner`update ballot set group_id = 'zona-1'`,
      () => owner`delete from ballot`,
      () => owner`truncate ballot`,
      () => owner`truncate receipt`,
      () => owner`update round set manifest_hash = 'x'`,
      () => owner`delete from round`,
    ];
    for (const statement of forbidden) {
      await expect(statement()).rejects.toMatchObject({ code: '42501' });
    }
    await test.closeRound();
    await expect(owner`update round set state = 'open'`).rejects.toMatchObject({ code: '42501' });
  });
});
