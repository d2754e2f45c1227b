import { parseArgs } from 'node:util';
import { FREE_RESIDENTS } from '@/db/seed/roll';
import { Refused } from './refused';

export interface Options {
  /** Null with --cast alone: all the ballots of the file. */
  readonly residents: number | null;
  readonly offset: number;
  readonly concurrency: number;
  /** Null: the demonstration of this folder. */
  readonly url: URL | null;
  readonly round: string | undefined;
  readonly json: boolean;
  readonly prepare: string | undefined;
  readonly cast: string | undefined;
  readonly anywhere: boolean;
}

const DEFAULT_CONCURRENCY = 8;
const MOST_AT_ONCE = 1000;

/** Reads the command line; throws `Refused` with the sentence to print. */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args);
  const options: Options = {
    residents: values.residents === undefined ? null : whole('residents', values.residents),
    offset: values.offset === undefined ? 0 : whole('offset', values.offset, 0),
    concurrency:
      values.concurrency === undefined
        ? DEFAULT_CONCURRENCY
        : whole('concurrency', values.concurrency),
    url: values.url === undefined ? null : address(values.url),
    round: values.round,
    json: values.json ?? false,
    prepare: values.prepare,
    cast: values.cast,
    anywhere: values['i-own-this-server'] ?? false,
  };
  if (options.prepare !== undefined && options.cast !== undefined) throw new Refused('one-file');
  if (options.residents === null && options.cast === undefined) throw new Refused('usage');
  if (options.concurrency > MOST_AT_ONCE) {
    throw new Refused('too-many-at-once', { most: MOST_AT_ONCE });
  }
  if (options.cast === undefined && (options.residents ?? 0) + options.offset > FREE_RESIDENTS) {
    throw new Refused('not-enough-residents', {
      free: FREE_RESIDENTS,
      last: (options.residents ?? 0) + options.offset,
    });
  }
  return options;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        residents: { type: 'string' },
        offset: { type: 'string' },
        concurrency: { type: 'string' },
        url: { type: 'string' },
        round: { type: 'string' },
        json: { type: 'boolean' },
        prepare: { type: 'string' },
        cast: { type: 'string' },
        'i-own-this-server': { type: 'boolean' },
      },
    }).values;
  } catch {
    throw new Refused('usage');
  }
}

function whole(name: string, text: string, least = 1): number {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least)) throw new Refused('not-a-number', { name, text });
  return value;
}

function address(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Refused('not-an-address', { text });
  return new URL(url.origin);
}
