import { parseArgs } from 'node:util';
import { parseTieRule } from '@/lib/tally/ties';
import type { Completion, TieRule, Utility } from '@/lib/tally/types';

export const RULES = [
  'auto',
  'greedy',
  'greedy-no-skip',
  'greedy-threshold',
  'greedy-per-cost',
  'equal-shares',
  'phragmen',
  'maximin-support',
  'max-welfare',
] as const;
export type RuleName = (typeof RULES)[number];

/** What the person asked for. Null: the rule's or the file's own default. */
export interface TallyOrder {
  readonly rule: RuleName;
  readonly utility: Utility | null;
  readonly completion: Completion;
  readonly add1Start: 'floor' | 'exact';
  readonly add1Stop: 'overspend' | 'exhaustive';
  readonly compareWithGreedy: boolean;
  readonly ties: TieRule | null;
  readonly threshold: number | null;
  /** Greedy: the most that a category's projects may cost, as "NAME=AMOUNT" of the currency. */
  readonly ceilings: readonly { readonly category: string; readonly amount: string }[];
  /** Greedy: ids of projects of which at most one is funded. */
  readonly conflicts: readonly (readonly string[])[];
  readonly leftover: 'none' | 'next-that-fits' | 'partial';
  readonly overshoot: 'stop' | 'skip';
  readonly unsupported: 'fund' | 'leave';
  readonly explain: boolean;
  readonly analytics: boolean;
  /** Project ids to ask "what would have funded it" for; `*` is every one that was not funded. */
  readonly whatIf: readonly string[];
}

export const USAGE = `npm run -s tally -- FILE.pb… [--rule ${RULES.join('|')}]
  [--utility cost|cardinality|points|points-cost|borda] [--completion none|greedy|add1|add1+greedy]
  [--add1-start floor|exact] [--add1-stop overspend|exhaustive] [--compare-with-greedy]
  [--ties file-order|project-id|LIST]   LIST: min-cost,max-votes,lot:SEED
  [--threshold N] [--ceiling CATEGORY=AMOUNT]… [--conflict ID,ID]…
  [--leftover none|next-that-fits|partial] [--overshoot stop|skip] [--unsupported fund|leave]
  [--explain] [--what-if ID|*] [--analytics] [--json]
One JSON object per file and line. Exit 1 if a file is bad, 2 if the command is.`;

/** The command makes no sense; the message says which part. */
export class BadOrder extends Error {}

function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  words: readonly T[],
): T {
  const found = words.find((word) => word === (value ?? words[0]));
  if (found === undefined) throw new BadOrder(`--${option} ${String(value)}: ${words.join(', ')}`);
  return found;
}

export function readOrder(args: string[]): { files: string[]; order: TallyOrder } {
  const { values, positionals } = parse(args);
  if (positionals.length === 0) throw new BadOrder('Which file?');
  const ties = values.ties === undefined ? null : parseTieRule(values.ties);
  if (values.ties !== undefined && ties === null) {
    throw new BadOrder(
      `--ties ${values.ties}: it must end with file-order, project-id or lot:SEED`,
    );
  }
  const threshold = values.threshold === undefined ? null : Number(values.threshold);
  if (threshold !== null && !Number.isFinite(threshold)) {
    throw new BadOrder(`--threshold ${String(values.threshold)}: a number`);
  }
  const utilities = ['cost', 'cardinality', 'points', 'points-cost', 'borda'] as const;
  return {
    files: positionals,
    order: {
      rule: oneOf('rule', values.rule, RULES),
      utility: values.utility === undefined ? null : oneOf('utility', values.utility, utilities),
      completion: oneOf('completion', values.completion, ['none', 'greedy', 'add1', 'add1+greedy']),
      add1Start: oneOf('add1-start', values['add1-start'], ['floor', 'exact']),
      add1Stop: oneOf('add1-stop', values['add1-stop'], ['overspend', 'exhaustive']),
      compareWithGreedy: values['compare-with-greedy'] ?? false,
      ties,
      threshold,
      ceilings: (values.ceiling ?? []).map(readCeiling),
      conflicts: (values.conflict ?? []).map((ids) => ids.split(',')),
      leftover: oneOf('leftover', values.leftover, ['none', 'next-that-fits', 'partial']),
      overshoot: oneOf('overshoot', values.overshoot, ['stop', 'skip']),
      unsupported: oneOf('unsupported', values.unsupported, ['fund', 'leave']),
      explain: values.explain ?? false,
      analytics: values.analytics ?? false,
      whatIf: values['what-if'] ?? [],
    },
  };
}

function readCeiling(text: string): TallyOrder['ceilings'][number] {
  const [, category, amount] = /^(.+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (category === undefined || amount === undefined) {
    throw new BadOrder(`--ceiling ${text}: CATEGORY=AMOUNT, such as Parks=12000.50`);
  }
  return { category, amount };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        rule: text,
        utility: text,
        completion: text,
        'add1-start': text,
        'add1-stop': text,
        'compare-with-greedy': flag,
        ties: text,
        threshold: text,
        ceiling: { type: 'string', multiple: true },
        conflict: { type: 'string', multiple: true },
        leftover: text,
        overshoot: text,
        unsupported: text,
        explain: flag,
        analytics: flag,
        'what-if': { type: 'string', multiple: true },
        // JSON is all it prints; scripts may say so.
        json: flag,
      },
    });
  } catch (error) {
    throw new BadOrder(error instanceof Error ? error.message : String(error));
  }
}
