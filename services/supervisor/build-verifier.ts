import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * The verifier in two files that run without anything else: `minka-verify.html` (a page that works
 * from a disk) and `minka-verify.mjs` (a command for plain Node). Built from verify/ and the pure
 * parts of lib/ without a network; left alone while their sources have not changed.
 */
export const VERIFIER_FOLDER = 'node_modules/.cache/minka-verify';

const SOURCES = [
  'verify',
  'lib/ballots',
  'lib/record',
  'lib/results',
  'lib/rounds',
  'lib/shared',
  'lib/tally',
];
const MARK = 'sources';

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256').update(await readFile('package-lock.json'));
  for (const folder of SOURCES) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.sort())
      hash
        .update(path)
        .update('\0')
        .update(await readFile(path));
  }
  return hash.update(await readFile(import.meta.filename)).digest('hex');
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Everything the page may do; `connect-src` is any address, because records are anywhere. */
export function verifierPolicy(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script)}'`,
    `style-src 'sha256-${sha256(style)}'`,
    'connect-src http: https:',
    'img-src data:',
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** The schema library brings its messages in fifty languages; nobody reads them here. */
const oneLocale: Plugin = {
  name: 'one-locale',
  setup: (building) => {
    building.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};

async function bundle(entry: string, platform: 'browser' | 'node'): Promise<string> {
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform,
    target: platform === 'node' ? 'node20' : 'es2022',
    minify: platform === 'browser',
    legalComments: 'none',
    tsconfig: 'tsconfig.json',
    logLevel: 'silent',
    plugins: [oneLocale],
  });
  const text = built.outputFiles[0]?.text;
  if (text === undefined) throw new Error(`esbuild wrote nothing for ${entry}`);
  return text;
}

async function write(name: string, text: string): Promise<void> {
  const path = join(VERIFIER_FOLDER, name);
  // Two that build at once must not meet in one half file.
  const temporary = `${path}.${process.pid}.new`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}

async function page(): Promise<string> {
  const template = await readFile('verify/page/page.html', 'utf8');
  const css = await readFile('verify/page/page.css', 'utf8');
  const script = await bundle('verify/page/page.ts', 'browser');
  // What ends a script or a style sheet inside of one would end it in the page too.
  const inline = script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
  const filled = new Map([
    ['%POLICY%', verifierPolicy(inline, css)],
    ['%STYLE%', css],
    ['%SCRIPT%', inline],
  ]);
  return template.replace(
    /\s*(%STYLE%|%SCRIPT%)\s*|%POLICY%/g,
    (match, name?: string) => filled.get(name ?? match) ?? match,
  );
}

/** Builds both files when their sources have changed. */
export async function ensureVerifier(): Promise<void> {
  const wanted = await sourceHash();
  const present = await readFile(join(VERIFIER_FOLDER, MARK), 'utf8').catch(() => '');
  const files = ['minka-verify.html', 'minka-verify.mjs'];
  if (present === wanted && files.every((file) => existsSync(join(VERIFIER_FOLDER, file)))) return;
  await mkdir(VERIFIER_FOLDER, { recursive: true });
  await write('minka-verify.html', await page());
  await write(
    'minka-verify.mjs',
    `#!/usr/bin/env node\n${await bundle('verify/node/main.ts', 'node')}`,
  );
  await write(MARK, wanted);
}
