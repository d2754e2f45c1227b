import { count, countDistinct, eq, sql } from 'drizzle-orm';
import { credential, result } from '@/db/registry/schema';
import { drawFrom } from '@/db/seed/random';
import { demoActor } from '@/db/seed/write/council';
import { personKeys } from '@/lib/roll/person-crypto';
import { requestCloseRound } from '@/lib/rounds/commands';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import type { RoundDetail, RoundState } from '@/lib/rounds/types';
import { present } from '@/lib/shared/assert';
import { waitFor } from '../supervisor/children';
import { followOnce } from '../witness/follow';
import { readKey } from '../witness/key';
import { placeOf } from '../witness/remote';
import { planOfBlows, strike, type Victim } from './blows';
import { compareWithRecord, evidence } from './compare';
import { chaosHome, type ChaosHome } from './home';
import { issueDirectly, issueThroughWeb } from './issue';
import { verifierProblems } from './verifier';
import { writeVote } from './vote';
import { Voters } from './voters';

export interface ChaosOptions {
  /** Decides who falls, when, and how long. */
  readonly seed: string;
  /** Blows while people vote, and while the round is closed, sealed and counted. */
  readonly rounds: number;
  readonly closingRounds: number;
  /** Who may fall while people vote; every turn strikes each of them once. */
  readonly victims: readonly Victim[];
  readonly clients: number;
  /** Most milliseconds between two blows, and that a database stays down. */
  readonly calmMs: number;
  /** Most milliseconds a voter waits between two ballots. */
  readonly pauseMs: number;
  /** Runs the site too and issues through it; it must be built. */
  readonly web: boolean;
  readonly version: string;
  readonly say: (line: string) => void;
}

export interface ChaosReport {
  readonly ok: boolean;
  readonly seed: string;
  readonly web: boolean;
  readonly blows: Record<string, number>;
  readonly credentials: number;
  readonly acknowledged: number;
  /** Said to be too late, and indeed not in the record. */
  readonly refused: number;
  readonly retries: number;
  readonly leaves: number;
  readonly lines: number;
  readonly checkpoints: number;
  readonly seconds: number;
  readonly problems: readonly string[];
}

/** Without these a record cannot be sealed. */
const CLOSING_VICTIMS = [
  'worker',
  'ballot-box',
  'ballot-box-database',
  'registry-database',
] as const;

/**
 * People vote while the parts are killed at random moments. At the end the sealed record must hold
 * every ballot that was acknowledged, none that was refused, none twice; every promise must verify,
 * the verifier must find nothing, and the witness must never have seen anything but growth.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { say } = options;
  const began = performance.now();
  const draw = drawFrom(`minka/chaos/${options.seed}`);
  const home = await chaosHome(options, say);
  let keep = true;
  try {
    const report = await beat(home, options, draw);
    keep = !report.ok;
    return { ...report, seconds: Math.round((performance.now() - began) / 100) / 10 };
  } finally {
    await home.stop();
    if (keep) say(`Los registros quedan en ${home.home.folder}`);
    else await home.remove();
  }
}

async function beat(
  home: ChaosHome,
  options: ChaosOptions,
  draw: ReturnType<typeof drawFrom>,
): Promise<ChaosReport> {
  const { db, boxUrl, prepared } = home;
  const { say } = options;
  const { secrets } = home.home;
  const keys = { dniKey: secrets.dni, people: personKeys(secrets.roll) };
  const { round, roll } = await writeVote(db, keys);
  await home.startParts();
  const opened = await reached(home, round, ['open'], 120);
  const manifestHash = present(opened.manifestHash, 'manifest hash');
  const manifest = await frozenManifest(db, round, manifestHash);
  say(`Votación abierta, ${manifest.groups.length} grupos; empiezan los votos.`);

  const { env } = prepared;
  const voters = new Voters({
    manifest,
    manifestHash,
    boxUrl,
    issue: options.web
      ? issueThroughWeb(db, round, env['MINKA_SITE_URL'] ?? '')
      : issueDirectly(db, round, env['MINKA_ISSUER_SOCKET'] ?? ''),
    draw: drawFrom(`minka/chaos/voters/${options.seed}`),
    pauseMs: options.pauseMs,
  });
  const voting = voters.run(roll, options.clients);
  const victims = options.victims.filter((one) => one !== 'web' || options.web);
  const plan = planOfBlows(options.rounds, victims, draw);
  const struck: Victim[] = [];
  const blow = async (victim: Victim): Promise<void> => {
    await new Promise((done) => setTimeout(done, draw(options.calmMs)));
    await strike(victim, home, draw(options.calmMs));
    struck.push(victim);
    const votes = voters.told.length;
    say(
      `${struck.length}. ${victim} cayó; ${votes} votos respondidos, ${voters.retries} reintentos`,
    );
  };
  for (const victim of plan) {
    // A blow between two blows, with nobody served in between, would show nothing.
    const before = voters.acknowledged;
    await waitFor('Nadie pudo votar; la urna', home.home.folder, () =>
      Promise.resolve(voters.acknowledged >= before + options.clients),
    );
    await blow(victim);
  }

  say('Se pide el cierre; los golpes siguen durante el cierre y el sellado.');
  const closing = requestClose(home, round);
  for (const victim of planOfBlows(options.closingRounds, CLOSING_VICTIMS, draw)) {
    await blow(victim);
  }
  await closing;
  await reached(home, round, ['tallied'], 180);
  await voting;
  say('Contada. Se compara el registro con lo que se dijo a cada votante.');
  return judge(home, options, { round, voters, struck, manifest });
}

async function judge(
  home: ChaosHome,
  options: ChaosOptions,
  of: {
    round: string;
    voters: Voters;
    struck: readonly Victim[];
    manifest: Awaited<ReturnType<typeof frozenManifest>>;
  },
): Promise<ChaosReport> {
  const { db, boxUrl, prepared } = home;
  const { round, voters, manifest } = of;
  const problems = [...voters.problems];
  const keyFile = home.home.witnessKeyFile;
  // The witness's own process ends first: two would write one memory.
  await home.parts.get('witness')?.stop();
  const folder = `${keyFile}.state`;
  const place = present(placeOf(`${boxUrl}/public-record/${round}`), 'address');
  const signer = await readKey(keyFile);
  const well = await followOnce({ places: [place], signer, folder, tell: () => undefined });
  if (!well) problems.push('the witness does not find the record consistent');
  problems.push(...(await evidence(folder)).map((name) => `the witness kept ${name}`));

  const record = await compareWithRecord(boxUrl, manifest, voters.told, prepared.witness);
  problems.push(...record.problems);
  problems.push(...(await verifierProblems(`${boxUrl}/public-record/${round}`)));
  if (!record.cosigned) problems.push('the last checkpoint is not cosigned');
  const kept = voters.told.filter(({ acknowledged }) => acknowledged);
  if (kept.length === 0) problems.push('nobody voted: nothing was shown');
  const people = new Set(kept.map((one) => one.credential)).size;
  const [rights] = await db
    .select({ rows: count(), residents: countDistinct(credential.residentId) })
    .from(credential)
    .where(eq(credential.roundId, round));
  if ((rights?.rows ?? 0) !== (rights?.residents ?? 0) || (rights?.rows ?? 0) < people) {
    problems.push(`${rights?.rows ?? 0} rights for ${people} voters`);
  }
  const [counted] = await db
    .select({ ballots: sql<number>`(${result.document} ->> 'ballots')::int` })
    .from(result)
    .where(eq(result.roundId, round));
  if (counted?.ballots !== people) {
    problems.push(`${counted?.ballots ?? 'no'} ballots counted, ${people} people voted`);
  }
  const blows: Record<string, number> = {};
  for (const victim of of.struck) blows[victim] = (blows[victim] ?? 0) + 1;
  return {
    ok: problems.length === 0,
    seed: options.seed,
    web: options.web,
    blows,
    credentials: voters.issued,
    acknowledged: kept.length,
    refused: voters.told.length - kept.length,
    retries: voters.retries,
    leaves: record.leaves,
    lines: record.lines,
    checkpoints: record.checkpoints,
    seconds: 0,
    problems,
  };
}

/** Asks until the registry, which may be down just now, has taken the order. */
async function requestClose(home: ChaosHome, roundId: string): Promise<void> {
  const input = { roundId, reason: 'Fin de la prueba de resistencia' };
  await waitFor('El registro', home.home.folder, async () => {
    await requestCloseRound(home.db, demoActor('administrator'), input);
    return (await roundById(home.db, roundId))?.state !== 'open';
  });
}

async function reached(
  home: ChaosHome,
  roundId: string,
  states: readonly RoundState[],
  seconds: number,
): Promise<RoundDetail> {
  let found: RoundDetail | null = null;
  const log = `${home.home.folder}/worker.log`;
  await waitFor(
    `La votación no llegó a ${states.join('/')}: el trabajador`,
    log,
    async () => {
      found = await roundById(home.db, roundId);
      return found !== null && states.includes(found.state);
    },
    seconds,
  );
  return present<RoundDetail>(found, `round ${roundId}`);
}
