import { demoResident } from '@/db/seed/roll';
import type { CastEnvelope } from '@/lib/ballots/input';
import { loadDemoEnv } from '../supervisor/demo-env';
import { readBallots, writeBallots } from './simulate/ballot-file';
import { STEPS, Tally, type Report, type Times } from './simulate/figures';
import { openConnections, type Send } from './simulate/http';
import { many } from './simulate/many';
import { readOptions, type Options } from './simulate/options';
import { Refused, t } from './simulate/refused';
import { castBallot, failureReason, prepareBallot } from './simulate/resident';
import { findRound, findVenue, type Venue } from './simulate/site';

/**
 * `npm run -s simulate -- --residents N --concurrency C [--url U] [--round R] [--offset K] [--json]
 * [--prepare FILE | --cast FILE] [--i-own-this-server]`: plays residents of the demonstration's
 * roll through the real HTTP interfaces, as browsers without JavaScript do.
 *
 * The round is the one that is open: the links of /votar, asked of the ballot box one by one.
 * `verify` and `credential` are times of requests; neither the wait for the message nor our own
 * arithmetic is in them. Percentiles without a name are those of the cast.
 */

const SAY_EVERY_MS = 2000;

async function main(): Promise<number> {
  const json = process.argv.includes('--json');
  try {
    const options = readOptions(process.argv.slice(2));
    const report = await simulate(options);
    process.stdout.write(`${json ? JSON.stringify(report) : sentences(report, options)}\n`);
    return report.failed === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { reason, message } = error;
    if (json) process.stdout.write(`${JSON.stringify({ ok: 0, failed: 0, reason, message })}\n`);
    else process.stderr.write(`${message}\n`);
    return 1;
  }
}

async function simulate(options: Options): Promise<Report> {
  const { send, close } = openConnections(options.concurrency);
  try {
    const ballots = options.cast === undefined ? null : await readBallots(options.cast);
    const venue = await findVenue(send, siteOf(options), options.anywhere);
    return ballots === null
      ? await playResidents(send, venue, options)
      : await castOnly(send, venue, options, ballots);
  } finally {
    close();
  }
}

function siteOf(options: Options): URL {
  if (options.url !== null) return options.url;
  loadDemoEnv();
  const url = process.env['MINKA_SITE_URL'];
  if (!url) throw new Refused('no-demo');
  return new URL(url);
}

async function playResidents(send: Send, venue: Venue, options: Options): Promise<Report> {
  const at = await findRound(send, venue, options.round);
  const residents = Array.from({ length: options.residents ?? 0 }, (_, index) =>
    demoResident(options.offset + index),
  );
  const prepared: CastEnvelope[] = [];
  const report = await measured(residents, options, async (resident, tally) => {
    const ballot = await prepareBallot(send, at, resident, tally);
    if (options.prepare === undefined) await castBallot(send, at.box, at.site, ballot, tally);
    else prepared.push(ballot);
  });
  if (options.prepare !== undefined) await writeBallots(options.prepare, prepared);
  return report;
}

function castOnly(
  send: Send,
  venue: Venue,
  options: Options,
  ballots: readonly CastEnvelope[],
): Promise<Report> {
  const chosen = ballots.slice(
    options.offset,
    options.residents === null ? undefined : options.offset + options.residents,
  );
  return measured(chosen, options, (ballot, tally) =>
    castBallot(send, venue.box, venue.site, ballot, tally),
  );
}

async function measured<T>(
  items: readonly T[],
  { concurrency }: Options,
  work: (item: T, tally: Tally) => Promise<void>,
): Promise<Report> {
  const tally = new Tally();
  const say = () => {
    const done = tally.ok + tally.failed;
    process.stderr.write(`${t('progress', { done, all: items.length, failed: tally.failed })}\n`);
  };
  const timer = setInterval(say, SAY_EVERY_MS);
  const began = performance.now();
  try {
    await many(items, concurrency, async (item) => {
      try {
        await work(item, tally);
        tally.succeed();
      } catch (error) {
        const reason = failureReason(error);
        if (reason === null) throw error;
        tally.fail(reason);
      }
    });
  } finally {
    clearInterval(timer);
  }
  const elapsedMs = performance.now() - began;
  say();
  return tally.report(elapsedMs);
}

function sentences(report: Report, options: Options): string {
  const lines = [
    t(options.prepare === undefined ? 'result.cast' : 'result.prepared', {
      ok: report.ok,
      failed: report.failed,
    }),
  ];
  if (options.prepare === undefined) {
    lines.push(t('result.perSecond', { rate: report.castPerSecond.toFixed(1) }));
  }
  for (const step of STEPS) {
    const times = report.byStep[step];
    if (times.p50Ms !== null) lines.push(`${t(`step.${step}`)}: ${inWords(times)}`);
  }
  for (const [reason, count] of Object.entries(report.failures)) {
    lines.push(t('result.failure', { count, reason }));
  }
  if ('credential: already-issued' in report.failures) lines.push(t('result.offset'));
  return lines.join('\n');
}

function inWords({ p50Ms, p95Ms, p99Ms }: Times): string {
  const ms = (value: number | null) => (value ?? 0).toFixed(1);
  return t('result.times', { p50: ms(p50Ms), p95: ms(p95Ms), p99: ms(p99Ms) });
}

process.exitCode = await main();
