import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOCALES } from './locale';

const root = path.resolve(import.meta.dirname, '../..');

type Messages = Map<string, string>;

function flatten(value: unknown, prefix: string, into: Messages): Messages {
  if (typeof value === 'string') return into.set(prefix, value);
  if (typeof value !== 'object' || value === null) throw new Error(`${prefix} is no text`);
  for (const [key, inner] of Object.entries(value)) {
    flatten(inner, prefix ? `${prefix}.${key}` : key, into);
  }
  return into;
}

function namespacesOf(locale: string): string[] {
  return readdirSync(path.join(root, 'messages', locale)).sort();
}

function load(locale: string, file: string): Messages {
  const json: unknown = JSON.parse(readFileSync(path.join(root, 'messages', locale, file), 'utf8'));
  return flatten(json, '', new Map());
}

/** The names of a message's arguments and tags, whatever their order. */
function argumentsOf(message: string): string[] {
  const names = message.matchAll(
    // A branch of a plural, "one {día}", is text and no argument.
    /(?<!\b(?:zero|one|two|few|many|other)\s*|=\d+\s*)\{\s*(\w+)\s*[,}]|<(\w+)>/g,
  );
  return [...new Set([...names].map((match) => match[1] ?? `<${match[2] ?? ''}>`))].sort();
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) return sources(file);
    return /\.tsx?$/.test(name) && !name.includes('.test.') ? [file] : [];
  });
}

interface Maker {
  readonly index: number;
  readonly name: string;
  readonly namespace: string;
}

const MAKES = /(?:getTranslations|useTranslations)\('([\w.-]+)'\)/;

/** The parts of a list, split at the commas that stand in no bracket. */
function partsOf(list: string): string[] {
  let depth = 0;
  const parts: string[] = [];
  let part = '';
  for (const sign of list) {
    if ('([{'.includes(sign)) depth += 1;
    if (')]}'.includes(sign)) depth -= 1;
    if (sign === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += sign;
  }
  return [...parts, part];
}

/** Every variable that a file makes for a literal namespace, alone or out of a Promise.all. */
function makersOf(code: string): Maker[] {
  const alone = [...code.matchAll(new RegExp(`const (\\w+) = (?:await )?${MAKES.source}`, 'g'))];
  const together = [
    ...code.matchAll(/const \[([^\]]+)\] = await Promise\.all\(\[([\s\S]*?)\n? *\]\);/g),
  ];
  return [
    ...alone.map(({ index, 1: name = '', 2: namespace = '' }) => ({ index, name, namespace })),
    ...together.flatMap(({ index, 1: names = '', 2: calls = '' }) => {
      const parts = partsOf(calls);
      return partsOf(names).flatMap((name, position) => {
        const namespace = MAKES.exec(parts[position] ?? '')?.[1];
        return namespace ? [{ index, name: name.trim(), namespace }] : [];
      });
    }),
  ].sort((one, other) => one.index - other.index);
}

/** Every `t('key')` of a file, under the namespace that the nearest `t` above it was made with. */
function usedKeys(code: string): { namespace: string; key: string }[] {
  const makers = makersOf(code);
  return [...new Set(makers.map(({ name }) => name))].flatMap((name) => {
    const call = new RegExp(`\\b${name}(?:\\.(?:rich|markup|raw))?\\('([\\w.-]+)'`, 'g');
    return [...code.matchAll(call)].flatMap((found) => {
      const maker = makers.findLast((each) => each.name === name && each.index < found.index);
      return maker ? [{ namespace: maker.namespace, key: found[1] ?? '' }] : [];
    });
  });
}

describe('the texts people read', () => {
  it('come in the same files in every language', () => {
    const [first, ...others] = LOCALES.map(namespacesOf);
    expect(first).not.toHaveLength(0);
    for (const other of others) expect(other).toEqual(first);
  });

  it.each(namespacesOf('es-PE'))(
    'have the same keys and arguments in every language: %s',
    (file) => {
      const spanish = load('es-PE', file);
      for (const locale of LOCALES) {
        const other = load(locale, file);
        expect([...other.keys()].sort()).toEqual([...spanish.keys()].sort());
        for (const [key, message] of spanish) {
          expect(`${key}: ${argumentsOf(other.get(key) ?? '').join()}`).toBe(
            `${key}: ${argumentsOf(message).join()}`,
          );
        }
      }
    },
  );

  it('are never empty', () => {
    for (const locale of LOCALES) {
      for (const file of namespacesOf(locale)) {
        for (const [key, message] of load(locale, file)) {
          expect(message.trim(), `${locale}/${file} ${key}`).not.toBe('');
        }
      }
    }
  });

  // "#" is written by the language's own rules, "2,000" in Peru's English and Spanish alike; counts
  // of people, votes and proposals come as text from formatCount, "2 000".
  it('print a number with # only where it stays small', () => {
    const small =
      /^(?:objectives|proposals|count|pages|changes|left|more|open|decided|tries|others|days|residents|voted|released)$/;
    const large = LOCALES.flatMap((locale) =>
      namespacesOf(locale).flatMap((file) =>
        [...load(locale, file)].flatMap(([key, message]) =>
          message
            .split(/(?=\{\w+, plural)/)
            .filter((part) => part.includes('#') && part.startsWith('{'))
            .map((part) => /^\{(\w+)/.exec(part)?.[1] ?? '')
            .filter((name) => !small.test(name))
            .map((name) => `${locale}/${file} ${key}: ${name}`),
        ),
      ),
    );
    expect(large).toEqual([]);
  });

  it('exist for every key that a page or component names', () => {
    const missing: string[] = [];
    for (const file of ['app', 'components'].flatMap((folder) =>
      sources(path.join(root, folder)),
    )) {
      for (const { namespace, key } of usedKeys(readFileSync(file, 'utf8'))) {
        const [name = '', ...inside] = namespace.split('.');
        const full = [...inside, key].join('.');
        const known = namespacesOf('es-PE').includes(`${name}.json`)
          ? load('es-PE', `${name}.json`)
          : new Map<string, string>();
        if (!known.has(full) && ![...known.keys()].some((k) => k.startsWith(`${full}.`))) {
          missing.push(`${path.relative(root, file)}: ${namespace} → ${key}`);
        }
      }
    }
    expect(missing).toEqual([]);
  });
});
