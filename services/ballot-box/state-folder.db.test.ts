import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testBox, type TestBox } from './test-box';
import { castRow, readLog, testRow } from './test-rows';

/** An old copy of the database must not become a second history (threat T35). */

let test: TestBox;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minka-state-'));
  test = await testBox({}, { stateFolder: folder });
  await test.openRound();
});
afterEach(async () => {
  await test.stop();
  await rm(folder, { recursive: true });
});

const roundId = (): string => test.round.manifest.round;

async function publishBatch(): Promise<void> {
  for (let i = 0; i < 3; i++) await castRow(test.database.sql, test.round, testRow());
  await test.box.tick();
}

async function stateFile(): Promise<string> {
  const [name] = await readdir(folder);
  return join(folder, name!);
}

/** As the owner of the database: what a restored copy of an earlier moment would look like. */
async function restoreTo(size: number): Promise<void> {
  const { owner } = test.database;
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`delete from ballot where position >= ${size}`;
    await tx`delete from receipt where batch > ${size}`;
    await tx`delete from checkpoint where size > ${size}`;
  });
}

describe('the box', () => {
  it('starts again on the database that it published from', async () => {
    await publishBatch();
    await publishBatch();
    const again = await test.another();
    expect((await readLog(again.url, roundId())).checkpoints).toEqual([1, 4, 7]);
  });

  it('does not start on yesterday’s copy of its database, and says why', async () => {
    await publishBatch();
    await publishBatch();
    await restoreTo(4);
    await expect(test.another()).rejects.toThrow(
      /La urna no arranca\..*le falta el punto de control de 7 hojas.*copia antigua/,
    );
    // Without the folder it would have gone on from there: the folder is what stops it.
    await rm(folder, { recursive: true });
    const unaware = await test.another();
    expect((await readLog(unaware.url, roundId())).checkpoints).toEqual([1, 4]);
  });

  it('does not start when the database has another checkpoint of the same size', async () => {
    await publishBatch();
    const file = await stateFile();
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/\[4,"/, '[4,"x'));
    await expect(test.another()).rejects.toThrow('tiene otro punto de control de 4 hojas');
  });

  it('does not start when the ballots no longer give the root that was signed', async () => {
    await publishBatch();
    const { owner } = test.database;
    await owner.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update ballot set leaf = sha256(leaf) where position = 2`;
    });
    await expect(test.another()).rejects.toThrow(
      /no coincide con su punto de control de 4 hojas: alguien cambió la base de datos/,
    );
  });

  it('that runs while its database is set back publishes and counts nothing more', async () => {
    await publishBatch();
    await publishBatch();
    await restoreTo(4);
    for (let i = 0; i < 3; i++) await castRow(test.database.sql, test.round, testRow());
    await test.box.tick();
    expect(test.logged.join()).toContain('the record did not advance');
    const about = await fetch(`${test.url}/v1/rounds/${roundId()}`);
    expect(about.status).toBe(503);
    expect(test.logged.join()).toContain('no coincide con su punto de control de 7 hojas');
    const [row] = await test.database.owner<{ size: number }[]>`
      select max(size) as size from checkpoint`;
    expect(row?.size).toBe(4);
  });

  it('learns what another process published, and what was published before there was a folder', async () => {
    await publishBatch();
    await rm(await stateFile());
    const again = await test.another();
    const lines = (await readFile(await stateFile(), 'utf8')).split('\n').filter(Boolean);
    expect(lines.map((line) => (JSON.parse(line) as [number])[0])).toEqual([1, 4]);
    await publishBatch();
    await again.box.tick();
    expect(await readFile(await stateFile(), 'utf8')).toContain('\n[7,');
  });

  it('starts when a crash cut the last line of the folder short', async () => {
    await publishBatch();
    await appendFile(await stateFile(), '\n[7,"minka/half a li');
    const again = await test.another();
    await publishBatch();
    await again.box.tick();
    await restoreTo(4);
    await expect(test.another()).rejects.toThrow('le falta el punto de control de 7 hojas');
  });
});
