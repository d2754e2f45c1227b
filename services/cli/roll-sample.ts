import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { createTranslator } from 'use-intl/core';
import { z } from 'zod';
import { formatCount } from '@/components/count';
import { closeRegistry, registry } from '@/db/registry/client';
import { round } from '@/db/registry/schema';
import { recordAudit } from '@/lib/audit/commands';
import { rollOperatorEnv } from '@/lib/env';
import { RECORD_FILES } from '@/lib/record/files';
import { openText, personKeys } from '@/lib/roll/person-crypto';
import { drawSample, isOnRoll } from '@/lib/roll/sample';
import { openRows } from '@/lib/roll/sample-queries';
import { manifestHash, parseManifest, type Manifest } from '@/lib/rounds/manifest';
import messages from '@/messages/es-PE/roll-sample.json';
import { loadDemoEnv } from '../supervisor/demo-env';

/**
 * Are there invented people on the roll? The operator opens rows that a public seed draws:
 *
 *   npm run -s roll-sample -- --round ROUND --seed SEED [--rows 299] --out FILE
 *
 * and anybody with the file and the round's public record checks that they are the rows that were
 * drawn and stood on the roll when the round opened:
 *
 *   npm run -s roll-sample -- --check FILE --record FOLDER|URL
 *
 * The committee then visits the people. The file holds names: it is theirs, and not for publication.
 */

const t = createTranslator({
  locale: 'es-PE',
  messages: { sample: messages },
  namespace: 'sample',
});
/** 0.99^299 < 0.05: enough to find one invented person in a hundred. */
const USUAL_ROWS = 299;
const TIMEOUT_MS = 15_000;

class Refused extends Error {}

const sampleFile = z.strictObject({
  round: z.string(),
  manifestHash: z.string(),
  seed: z.string().min(1),
  eligible: z.number().int().min(0),
  rows: z.array(
    z.strictObject({
      /** Place on the whole roll: the groups one after the other, as the manifest lists them. */
      place: z.number().int().min(0),
      group: z.string(),
      index: z.number().int().min(0),
      salt: z.string(),
      dniHash: z.string(),
      path: z.array(z.string()).readonly(),
      district: z.string(),
      dniLastTwo: z.string(),
      name: z.string().nullable(),
    }),
  ),
});
type SampleFile = z.infer<typeof sampleFile>;

/** The groups of a manifest with the place at which each begins. */
function placesOf({ groups }: Manifest) {
  let from = 0;
  return groups.map((group) => {
    const start = from;
    from += group.eligible;
    return { group, start, end: from };
  });
}

async function draw(roundId: string, seed: string, rows: number): Promise<SampleFile> {
  const db = registry();
  const [held] = await db
    .select({ manifest: round.manifest, hash: round.manifestHash, rollSalt: round.rollSalt })
    .from(round)
    .where(eq(round.id, roundId));
  const manifest = parseManifest(held?.manifest ?? '');
  if (!held?.hash || held.rollSalt === null || !manifest.ok) throw new Refused(t('noRound'));
  const places = placesOf(manifest.value);
  const eligible = places.at(-1)?.end ?? 0;
  const drawn = drawSample(seed, eligible, rows);
  const { MINKA_ROLL_KEY, MINKA_PERSON_KEYS } = rollOperatorEnv();
  const people = personKeys(MINKA_ROLL_KEY, MINKA_PERSON_KEYS);
  const found: SampleFile['rows'] = [];
  for (const { group, start, end } of places) {
    const here = drawn.filter((place) => place >= start && place < end);
    const opened = await openRows(
      db,
      { id: roundId, rollSalt: held.rollSalt },
      group,
      here.map((place) => place - start),
    );
    for (const { nameSealed, ...row } of opened) {
      const name = nameSealed === null ? null : openText(people, 'name', nameSealed);
      found.push({ place: start + row.index, ...row, name });
    }
  }
  await db.transaction((tx) =>
    recordAudit(tx, {
      actor: 'operator',
      action: 'roll.sampled',
      subject: `round:${roundId}`,
      details: { seed, rows: found.length },
    }),
  );
  return { round: roundId, manifestHash: held.hash, seed, eligible, rows: found };
}

async function readManifest(record: string): Promise<string> {
  try {
    if (!/^https?:\/\//.test(record))
      return await readFile(join(record, RECORD_FILES.manifest), 'utf8');
    const url = `${record.replace(/\/$/, '')}/${RECORD_FILES.manifest}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.ok) return await response.text();
  } catch {
    // Said below, without the machine's words.
  }
  throw new Refused(t('noRecord', { record }));
}

/** What is wrong with a sample, in words; nothing when every row is the one that was drawn. */
async function problemsOf(file: SampleFile, text: string): Promise<string[]> {
  const manifest = parseManifest(text);
  if (!manifest.ok) return [t('badManifest')];
  if ((await manifestHash(text)) !== file.manifestHash) return [t('otherManifest')];
  const places = placesOf(manifest.value);
  const drawn = drawSample(file.seed, places.at(-1)?.end ?? 0, file.rows.length);
  if (drawn.some((place, at) => file.rows[at]?.place !== place)) return [t('otherDraw')];
  return file.rows.flatMap((row) => {
    const home = places.find(({ start, end }) => row.place >= start && row.place < end);
    const holds =
      home !== undefined &&
      home.group.id === row.group &&
      home.start + row.index === row.place &&
      isOnRoll(row, home.group.eligible, home.group.rollRoot);
    return holds ? [] : [t('badRow', { place: row.place })];
  });
}

async function check(path: string, record: string): Promise<number> {
  let file: SampleFile;
  try {
    file = sampleFile.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    throw new Refused(t('badFile', { path }));
  }
  const problems = await problemsOf(file, await readManifest(record));
  for (const problem of problems) console.log(problem);
  const rows = formatCount(file.rows.length);
  if (problems.length === 0)
    console.log(t('holds', { rows, eligible: formatCount(file.eligible) }));
  return problems.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  try {
    const { check: path, record, round: roundId, seed, out, rows } = readOptions();
    if (path !== undefined && record !== undefined) return await check(path, record);
    if (roundId === undefined || seed === undefined || out === undefined) {
      throw new Refused(t('usage'));
    }
    const wanted = Number(rows ?? USUAL_ROWS);
    if (!Number.isSafeInteger(wanted) || wanted < 1) throw new Refused(t('badRows'));
    loadDemoEnv();
    if (!process.env['DATABASE_URL']) throw new Refused(t('noDatabase'));
    const sample = await draw(roundId, seed, wanted);
    await writeFile(out, `${JSON.stringify(sample, null, 1)}\n`, { mode: 0o600, flag: 'wx' });
    console.log(t('drawn', { rows: formatCount(sample.rows.length), out }));
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(error.message);
    return 2;
  } finally {
    await closeRegistry();
  }
}

function readOptions() {
  try {
    const string = { type: 'string' } as const;
    const options = { check: string, record: string, round: string, seed: string };
    return parseArgs({ options: { ...options, out: string, rows: string } }).values;
  } catch {
    throw new Refused(t('usage'));
  }
}

process.exitCode = await main();
