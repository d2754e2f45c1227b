import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateBallotBox } from '@/db/ballot-box/migrate';
import { testBox, type TestBox } from './test-box';
import { readLog, testRow } from './test-rows';

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
      () => sql`delete from note`,
      () => sql`update note set position = 1`,
      () => sql`truncate note`,
      () => sql`update checkpoint set note = ''`,
      () => sql`delete from checkpoint`,
      () => sql`truncate checkpoint`,
      () => sql`delete from cosignature`,
      () => sql`update tally set text = ''`,
      () => sql`truncate receipt`,
      // Places are given by the publishing function, and rounds move by functions only.
      () => sql`insert into ballot (round_id, credential, seq, group_id, leaf, body, signature, position)
        select round_id, sha256(leaf), 1, group_id, sha256(credential), body, signature, 9 from ballot`,
      () => sql`insert into receipt (round_id, code, batch) values ('x', '0000000000000', 2)`,
      () => sql`insert into checkpoint values ('x', 1, 'forged')`,
      () => sql`update round set state = 'sealed'`,
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
      () => owner`delete from receipt`,
      () => owner`update receipt set batch = 4`,
      () => owner`update checkpoint set note = 'x'`,
      () => owner`delete from checkpoint`,
      () => owner`update round set manifest_hash = 'x'`,
      () => owner`delete from round`,
    ];
    for (const statement of forbidden) {
      await expect(statement()).rejects.toMatchObject({ code: '42501' });
    }
    await test.closeRound();
    await expect(owner`update round set state = 'open'`).rejects.toMatchObject({ code: '42501' });
  });

  it('lets a ballot be deleted only to be written again, the same and with a place', async () => {
    const { owner } = test.database;
    const again = (changes: { body?: string; position?: number | null }) =>
      owner.begin(async (tx) => {
        const [row] = await tx<Record<string, unknown>[]>`delete from ballot returning *`;
        await tx`insert into ballot ${tx({ ...row, ...changes })}`;
      });
    await expect(again({ position: null })).rejects.toMatchObject({ code: '42501' });
    await expect(again({ position: 1, body: '{"v":1}' })).rejects.toMatchObject({ code: '42501' });
    await again({ position: 1 });
    // Once it has a place, that is its place.
    await expect(again({ position: 2 })).rejects.toMatchObject({ code: '42501' });
    await again({});
  });

  it('would lose a ballot without that trigger: the constraint is what holds it', async () => {
    const { owner } = test.database;
    await owner`alter table ballot disable trigger ballot_kept`;
    await owner`delete from ballot`;
    const [left] = await owner<{ n: number }[]>`select count(*)::int as n from ballot`;
    expect(left?.n).toBe(0);
  });
});

describe('a database of before the log', () => {
  it('migrates with its rounds, and then its closed round can be sealed', async () => {
    const old = await testBox();
    try {
      const { owner } = old.database;
      await owner`drop schema public cascade`;
      await owner`create schema public`;
      await owner`grant usage on schema public to public`;
      const migrations = new URL('../../db/ballot-box/migrations/', import.meta.url);
      await owner.file(fileURLToPath(new URL('0001_create_ballot_box.sql', migrations)));
      await owner`create table migration (name text constraint migration_pk primary key)`;
      await owner`insert into migration values ('0001_create_ballot_box.sql')`;
      const { manifest, text, hash } = old.round;
      await owner`insert into round values
        (${manifest.round}, 'closed', ${text}, ${hash}, 1000000000000, 1100000000000),
        ('antigua', 'closed', '{"v":0}', 'hash', 1000000000000, 1100000000000)`;
      const row = testRow();
      await owner`insert into ballot values
        (${manifest.round}, ${row.credential}, 1, '120101', ${row.leaf}, '{"c":{}}', ${'s'.repeat(86)})`;
      await owner`insert into receipt values (${manifest.round}, ${row.receipt})`;
      await owner`insert into live_figures values (${manifest.round}, 1, '{"voters":1,"contests":{}}')`;

      await migrateBallotBox(old.database.ownerUrl);
      const { url, box } = await old.another();
      await box.tick();
      // The round whose manifest nobody reads any more is told of, and does not stop the others.
      expect(old.logged.join()).toContain('antigua');
      expect((await readLog(url, manifest.round)).leaves).toHaveLength(2);
      // The first process lost its tables for a while: it looks again before it is told to seal.
      await old.box.tick();
      expect(await (await old.sealRound()).json()).toMatchObject({ state: 'sealed', lines: 1 });
      const notes = await fetch(`${url}/public-record/${manifest.round}/notes.ndjson`);
      expect(await notes.text()).toBe('');
      await box.tick();
      const sealed = await fetch(`${url}/public-record/${manifest.round}/notes.ndjson`);
      expect(await sealed.text()).toContain(new Date(1100000000000).toISOString());
    } finally {
      await old.stop();
    }
  });
});
