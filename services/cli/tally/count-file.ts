import { closeSync, openSync, readSync } from 'node:fs';
import { analyse } from '@/lib/tally/analytics';
import { explain, type ExplainLocale } from '@/lib/tally/explain';
import { insteadOf, type Instead } from '@/lib/tally/instead';
import { declaredRule } from '@/lib/tally/pabulib/declared-rule';
import { writeDecimal } from '@/lib/tally/pabulib/numbers';
import { readPabulib, type PabulibElection } from '@/lib/tally/pabulib/reader';
import { tally } from '@/lib/tally/tally';
import type {
  Ceilings,
  Election,
  FundingResult,
  FundingRule,
  TieRule,
  Utility,
} from '@/lib/tally/types';
import { whatIf, type WhatIf } from '@/lib/tally/what-if';
import type { TallyOrder } from './order';

export interface CountedFile {
  readonly line: string;
  readonly ok: boolean;
}

const CHUNK_BYTES = 1 << 20;

function* chunksOf(path: string): Iterable<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const chunk = new Uint8Array(CHUNK_BYTES);
      const length = readSync(file, chunk, 0, CHUNK_BYTES, null);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

/** Reads, counts and reports one file. A bad file is an answer too; nothing is thrown for it. */
export function countFile(file: string, path: string, order: TallyOrder): CountedFile {
  const refuse = (line: number, message: string): CountedFile => ({
    ok: false,
    line: JSON.stringify({ file, error: { line, message } }),
  });
  try {
    const started = performance.now();
    const read = readPabulib(() => chunksOf(path));
    if (!read.ok) return refuse(read.line, read.message);
    const parsed = performance.now();
    const { rule, election } = ruleFor(read.value, order);
    const result = tally(election, rule);
    const counted = performance.now();
    const times = { parseMs: millis(parsed - started), tallyMs: millis(counted - parsed) };
    const report = reportOf(file, read.value, election, result, times, order);
    return { ok: true, line: JSON.stringify(report) };
  } catch (error) {
    if (error instanceof RangeError) return refuse(0, error.message);
    if (error instanceof Error && 'code' in error && 'syscall' in error) {
      return refuse(0, `The file cannot be read: ${error.message}.`);
    }
    throw error;
  }
}

const millis = (elapsed: number): number => Math.round(elapsed * 1000) / 1000;

const FILE_ORDER: TieRule = ['file-order'];

function ruleFor(
  file: PabulibElection,
  order: TallyOrder,
): { rule: FundingRule; election: Election } {
  const { election } = file;
  if (order.rule === 'auto') {
    const declared = declaredRule(file);
    return {
      election: declared.election,
      rule: {
        ...declared.rule,
        ...(order.ties === null ? {} : { ties: order.ties }),
      },
    };
  }
  const ties = order.ties ?? FILE_ORDER;
  const { unsupported } = order;
  switch (order.rule) {
    case 'phragmen':
      return {
        election,
        rule: { kind: 'phragmen', overshoot: order.overshoot, ties, unsupported },
      };
    case 'maximin-support':
      return { election, rule: { kind: 'maximin-support', ties } };
    case 'max-welfare':
      return { election, rule: { kind: 'max-welfare', utility: utilityFor(file, order), ties } };
    case 'equal-shares':
      return {
        election,
        rule: {
          kind: 'equal-shares',
          utility: utilityFor(file, order),
          completion: order.completion,
          add1Start: order.add1Start,
          add1Stop: order.add1Stop,
          ties,
          unsupported,
          ...(order.compareWithGreedy ? { compareWithGreedy: true } : {}),
        },
      };
    default: {
      const inFile = Number(file.meta.get('min_project_score_threshold') ?? '0') * file.pointScale;
      const given = order.threshold === null ? null : order.threshold * file.pointScale;
      const threshold = given ?? (order.rule === 'greedy-threshold' ? inFile : 0);
      return {
        election,
        rule: {
          kind: 'greedy',
          utility: utilityFor(file, order),
          ties,
          unsupported,
          ...(order.rule === 'greedy-no-skip' ? { walk: 'no-skip' as const } : {}),
          ...(threshold > 0 ? { threshold } : {}),
          ...(order.leftover === 'none' ? {} : { leftover: order.leftover }),
          ...(order.conflicts.length === 0 ? {} : { conflicts: order.conflicts }),
          ...(order.ceilings.length === 0 ? {} : { ceilings: ceilingsOf(file, order) }),
        },
      };
    }
  }
}

/** Ceilings in the file's units; céntimos that the file does not know are cut off. */
function ceilingsOf({ decimals }: PabulibElection, { ceilings }: TallyOrder): Ceilings {
  const units = ceilings.map(({ category, amount }): [string, string] => {
    const [whole = '', fraction = ''] = amount.split('.');
    return [category, BigInt(whole + fraction.padEnd(decimals, '0').slice(0, decimals)).toString()];
  });
  return { categories: Object.fromEntries(units) };
}

/** Absent: points count where there are points; "per cost" leaves the cost out of the utility. */
function utilityFor(file: PabulibElection, order: TallyOrder): Utility {
  const points = file.election.profile.kind !== 'approval';
  if (order.utility !== null) return order.utility;
  if (order.rule === 'greedy-per-cost') return points ? 'points' : 'cardinality';
  return points ? 'points-cost' : 'cost';
}

function reportOf(
  file: string,
  read: PabulibElection,
  election: Election,
  result: FundingResult,
  times: { readonly parseMs: number; readonly tallyMs: number },
  order: TallyOrder,
): object {
  const decimals = read.decimals;
  const amount = (units: string | bigint): string => writeDecimal(BigInt(units), decimals);
  const unit = 10n ** BigInt(decimals);
  const asked = whatIfOf(election, result, order, times.tallyMs);
  const instead = order.explain ? insteadOf(election, result) : undefined;
  const countsCost = 'utility' in result.rule && result.rule.utility.includes('cost');
  return {
    file,
    rule: result.rule.kind,
    budget: amount(read.election.budget),
    cost: amount(result.cost),
    winners: result.winners,
    ties: result.ties,
    exactFallbacks: result.exactFallbacks,
    ...times,
    engine: result.engine,
    parameters: result.rule,
    ...(result.welfare === undefined
      ? {}
      : { welfare: countsCost ? amount(result.welfare) : result.welfare }),
    ...(result.add1 === null ? {} : { add1: result.add1, unitsPerCurrency: unit.toString() }),
    ...(result.comparison === undefined ? {} : { comparison: result.comparison }),
    ...(read.warnings.length === 0 ? {} : { warnings: read.warnings }),
    ...(order.explain ? explained(read, result, instead, asked.whatIf ?? []) : {}),
    ...whatIfReport(asked, amount),
    ...(order.analytics ? { analytics: analyse(election, result.winners) } : {}),
  };
}

/** Structured reasons once, the sentences about them in both languages, and the other rule. */
function explained(
  read: PabulibElection,
  result: FundingResult,
  instead: Instead | undefined,
  whatIf: readonly WhatIf[],
): object {
  const names = new Map(
    read.columns.map((values) => [values.get('project_id') ?? '', values.get('name') ?? '']),
  );
  const title = (id: string): string => {
    const name = names.get(id) ?? '';
    return name === '' ? id : name;
  };
  const currency = read.meta.get('currency') ?? '';
  const money = (units: bigint): string => `${writeDecimal(units, read.decimals)} ${currency}`;
  const said = (locale: ExplainLocale): object => {
    const options = { locale, title, money, whatIf, ...(instead && { instead }) };
    const { projects, ...rest } = explain(result, options);
    return { ...rest, projects: projects.map(({ id, sentences }) => ({ id, sentences })) };
  };
  return { projects: result.projects, explanation: { es: said('es'), en: said('en') }, instead };
}

/** Counting again some forty times per project: done unasked only where that takes seconds. */
const RECOUNTS = 40;
const PATIENCE_MS = 20_000;

interface Asked {
  readonly whatIf?: readonly WhatIf[];
  readonly whatIfSkipped?: string;
}

function whatIfOf(
  election: Election,
  result: FundingResult,
  order: TallyOrder,
  tallyMs: number,
): Asked {
  const { whatIf: wanted } = order;
  if (wanted.length === 0 && !order.explain) return {};
  const all = wanted.length === 0 || wanted.includes('*');
  const lost = result.projects.filter(
    ({ id, outcome }) => outcome.status === 'not-funded' && (all || wanted.includes(id)),
  );
  const expectedMs = lost.length * RECOUNTS * tallyMs;
  if (wanted.length === 0 && expectedMs > PATIENCE_MS) {
    return { whatIfSkipped: `About ${Math.round(expectedMs / 1000)} s; ask with --what-if '*'.` };
  }
  return { whatIf: lost.map(({ id }) => whatIf(election, result.rule, id)) };
}

const whatIfReport = (asked: Asked, amount: (units: string) => string): object => ({
  ...asked,
  ...(asked.whatIf && {
    whatIf: asked.whatIf.map(({ id, moreSupporters, fundedAtCost }) => ({
      id,
      moreSupporters,
      fundedAtCost: fundedAtCost === null ? null : amount(fundedAtCost),
    })),
  }),
});
