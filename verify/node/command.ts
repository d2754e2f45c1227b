import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { now } from '@/lib/shared/clock';
import { readProof, type ProofFile } from '../proof';
import type { Report } from '../report';
import { reportText } from '../report-text';
import { NoRecord, verifyRecord, type Progress } from '../run';
import { SourceAway, type RecordSource } from '../source';
import { urlSource } from '../url-source';
import { WORDS, type Language } from '../words/words';
import { folderSource } from './folder-source';
import { nodeCrypto } from './node-crypto';

const USAGE = {
  es: `Uso: npm run -s verify-record -- CARPETA|DIRECCIÓN [opciones]
  --manifest-hash H   huella del manifiesto, como está en el afiche
  --since ARCHIVO     constancia (checkpoint) antigua de este registro que tú guardaste
  --proof ARCHIVO     prueba que descargó un celular (minka-prueba-….json)
  --lang es|en        idioma del informe
  --json              informe en JSON
Termina con 0 si todo cuadra, 1 si algo no cuadra o la prueba muestra que la urna faltó o no vale,
2 si no se pudo leer el registro.`,
  en: `Usage: npm run -s verify-record -- FOLDER|URL [options]
  --manifest-hash H   hash of the manifest, as it stands on the poster
  --since FILE        older checkpoint of this record that you kept
  --proof FILE        proof that a phone saved (minka-prueba-….json)
  --lang es|en        language of the report
  --json              report as JSON
Exits with 0 when everything adds up, 1 when something does not or the proof shows a broken promise
or is not valid, 2 when the record cannot be read.`,
} as const;

const WRONG = {
  es: {
    place: 'Di qué carpeta o dirección quieres verificar.',
    folder: (path: string) => `No existe la carpeta ${path}.`,
    since: (path: string) => `No se puede leer la constancia ${path}.`,
    proof: (path: string) => `No se puede leer la prueba ${path}.`,
    noProof: (path: string) =>
      `${path} no es una prueba de Minka: se descarga en «Comprobar mi voto» cuando algo falla.`,
    hash: 'La huella del manifiesto tiene 43 letras, números, guiones o guiones bajos.',
  },
  en: {
    place: 'Say which folder or address to verify.',
    folder: (path: string) => `There is no folder ${path}.`,
    since: (path: string) => `The checkpoint ${path} cannot be read.`,
    proof: (path: string) => `The proof ${path} cannot be read.`,
    noProof: (path: string) =>
      `${path} is no proof of Minka: “Check my vote” offers one when something is wrong.`,
    hash: 'The hash of the manifest has 43 letters, digits, hyphens or underscores.',
  },
} as const;

class BadUsage extends Error {}

interface Order {
  readonly source: RecordSource;
  readonly since: string | null;
  readonly manifestHash: string | null;
  readonly proof: ProofFile | null;
  readonly json: boolean;
}

/** npm runs a script in the project's folder; the person may have typed a path relative to hers. */
function pathOf(typed: string): string {
  const typedIn = process.env['INIT_CWD'];
  return existsSync(typed) || typedIn === undefined ? typed : resolve(typedIn, typed);
}

function languageOf(args: readonly string[]): Language {
  const at = args.indexOf('--lang');
  return args[at + 1] === 'en' && at >= 0 ? 'en' : args.includes('--lang=en') ? 'en' : 'es';
}

function readOrder(args: string[], language: Language): Order {
  const wrong = WRONG[language];
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        since: { type: 'string' },
        proof: { type: 'string' },
        'manifest-hash': { type: 'string' },
        lang: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new BadUsage(error instanceof Error ? error.message : '');
  }
  const { values, positionals } = parsed;
  const [place, ...more] = positionals;
  const { lang } = values;
  if (place === undefined || more.length > 0) throw new BadUsage(wrong.place);
  if (lang !== undefined && lang !== 'es' && lang !== 'en') throw new BadUsage('--lang es|en');
  const hash = values['manifest-hash'] ?? null;
  if (hash !== null && !/^[A-Za-z0-9_-]{43}$/.test(hash)) throw new BadUsage(wrong.hash);
  return {
    source: sourceOf(place, language),
    since: values.since === undefined ? null : readFor('since', values.since, language).toString(),
    proof: values.proof === undefined ? null : proofIn(values.proof, language),
    manifestHash: hash,
    json: values.json,
  };
}

function sourceOf(place: string, language: Language): RecordSource {
  if (/^https?:\/\//.test(place)) return urlSource(place);
  const path = pathOf(place);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new BadUsage(WRONG[language].folder(place));
  }
  return folderSource(path);
}

function readFor(what: 'since' | 'proof', typed: string, language: Language): Buffer {
  try {
    return readFileSync(pathOf(typed));
  } catch {
    throw new BadUsage(WRONG[language][what](typed));
  }
}

function proofIn(typed: string, language: Language): ProofFile {
  const proof = readProof(readFor('proof', typed, language));
  if (proof === null) throw new BadUsage(WRONG[language].noProof(typed));
  return proof;
}

/** Progress on stderr: one line that is rewritten on a terminal, one line per step elsewhere. */
function progressOn(language: Language): (progress: Progress) => void {
  let last = '';
  return ({ step, done, all }) => {
    const name = WORDS[language].steps[step];
    if (process.stderr.isTTY) {
      const part = all > 1 ? ` ${Math.floor((100 * done) / all)} %` : '';
      process.stderr.write(`\r\u001b[K${name}${part}…`);
    } else if (name !== last) {
      process.stderr.write(`${name}…\n`);
    }
    last = name;
  };
}

/** A proof that could not be checked goes with a record that failed. */
function isGood({ verdict, proof }: Report): boolean {
  return verdict !== 'failed' && proof?.verdict !== 'breach' && proof?.verdict !== 'invalid';
}

/** The command; `entry` is the file that runs as its threads. Returns the exit code. */
export async function runCommand(args: string[], entry: URL): Promise<0 | 1 | 2> {
  const language = languageOf(args);
  const say = (text: string): void => {
    process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[K' : ''}${text}\n`);
  };
  try {
    const { source, since, manifestHash, proof, json } = readOrder(args, language);
    const onProgress = progressOn(language);
    const report = await verifyRecord(source, nodeCrypto(entry), {
      since,
      manifestHash,
      proof: proof && { file: proof, now: now() },
      onProgress,
    });
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : reportText(report, language));
    return isGood(report) ? 0 : 1;
  } catch (error) {
    const { problems } = WORDS[language];
    if (error instanceof BadUsage) say(`${error.message}\n${USAGE[language]}`);
    else if (error instanceof NoRecord) say(problems['no-record']);
    else if (error instanceof SourceAway) say(`${problems.away} (${error.message})`);
    else say(`${problems.unexpected}\n${error instanceof Error ? (error.stack ?? '') : ''}`);
    return 2;
  }
}
