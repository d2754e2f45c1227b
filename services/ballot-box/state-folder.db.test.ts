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

async function stateFile(ending = '.checkpoints'): Promise<string> {
  const name = (await readdir(folder)).find((each) => each.endsWith(ending));
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

/** The same, of a moment after the last checkpoint: ballots that were answered are not there yet. */
async function loseStaged(): Promise<void> {
  const { owner } = test.database;
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`delete from ballot where position is null`;
    await tx`delete from receipt where batch is null`;
  });
}

async function castStaged(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await castRow(test.database.sql, test.round, testRow());
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

  it('does not start on a copy with the same checkpoints and fewer ballots than it accepted', async () => {
    await publishBatch();
    await castStaged(2);
    await test.box.tick();
    await loseStaged();
    await expect(test.another()).rejects.toThrow(
      /La urna no arranca\..*le faltan cédulas que la urna ya había aceptado: tenía 5 y ahora tiene 3\. Es una copia antigua/,
    );
    // Without the number it would have gone on from there: the number is what stops it.
    await rm(await stateFile('.lines'));
    await test.another();
  });

  it('starts when a crash left the number behind the database or half written beside it', async () => {
    await castStaged(2);
    await test.box.tick();
    // Stored and answered, and the box was killed before the next tick.
    await castStaged(1);
    const file = await stateFile('.lines');
    expect(await readFile(file, 'utf8')).toBe('2\n');
    await writeFile(`${file}.killed`, '');
    const again = await test.another();
    await again.box.tick();
    expect(await readFile(file, 'utf8')).toBe('3\n');
    // What is published counts as before.
    expect((await readLog(again.url, roundId())).checkpoints).toEqual([1, 4]);
    await again.box.tick();
    await test.box.tick();
    expect(await readFile(file, 'utf8')).toBe('3\n');
    await test.another();
  });

  it('that runs while ballots are lost says so and publishes nothing more', async () => {
    await castStaged(2);
    await test.box.tick();
    await loseStaged();
    await castStaged(1);
    await test.order({ type: 'close', round: roundId(), reason: 'test' });
    await test.box.tick();
    expect(test.logged.join()).toContain('tenía 2 y ahora tiene 1');
    expect((await readLog(test.url, roundId())).checkpoints).toEqual([1]);
    // The number stays what it was.
    await expect(test.another()).rejects.toThrow('tenía 2 y ahora tiene 1');
  });

  it('does not start when the number was tampered with', async () => {
    await castStaged(1);
    await test.box.tick();
    await writeFile(await stateFile('.lines'), 'muchas');
    await expect(test.another()).rejects.toThrow(/La urna no arranca\..*\.lines.*está dañado/);
  });
});
