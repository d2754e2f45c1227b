import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { findOrInstallBrowser } from './browser';
import { ensureBuild } from './build';
import { readJson } from './databases';

/**
 * The whole run: format, lint, types, boundaries, dead code, unit, database, build, browser.
 * With `--quick`, what needs neither a database nor a browser. Ends with one line of totals.
 */
interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

interface Step {
  name: string;
  run: () => Promise<Count>;
}

const total: Count = { passed: 0, failed: 0, skipped: 0 };
const problems: string[] = [];
const BIN = 'node_modules/.bin/';
const REPORTS = 'test-results';

interface Run {
  code: number | null;
  output: string;
}

function run(command: string, args: string[], env: Record<string, string> = {}): Promise<Run> {
  return new Promise((done) => {
    const child = spawn(command, args, {
      env: { ...process.env, FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => {
      done({ code: -1, output: error.message });
    });
    child.on('close', (code) => {
      done({ code, output });
    });
  });
}

/** A check that is one thing: it holds or it does not. */
function check(name: string, command: string, args: string[]): Step {
  return {
    name,
    run: async () => {
      const { code, output } = await run(`${BIN}${command}`, args);
      if (code === 0) return { passed: 1, failed: 0, skipped: 0 };
      problems.push(`── ${name}\n${output.slice(-8000)}`);
      return { passed: 0, failed: 1, skipped: 0 };
    },
  };
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  success: boolean;
  testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[];
}

function vitest(name: string, project: string): Step {
  return {
    name,
    run: async () => {
      const report = `${REPORTS}/${project}.json`;
      const args = [
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ];
      const { code, output } = await run(`${BIN}vitest`, args);
      const found = await readJson<VitestReport>(report);
      if (code !== 0) problems.push(`── ${name}\n${output.slice(-12000)}`);
      if (!found) return { passed: 0, failed: 1, skipped: 0 };
      for (const file of found.testResults) {
        for (const test of file.assertionResults) {
          if (test.status === 'pending' || test.status === 'skipped')
            console.log(`    omitida: ${test.fullName}`);
        }
      }
      // A file that could not even be loaded has no failed test of its own.
      const failed = found.numFailedTests + (code !== 0 && found.numFailedTests === 0 ? 1 : 0);
      return {
        passed: found.numPassedTests,
        failed,
        skipped: found.numPendingTests + found.numTodoTests,
      };
    },
  };
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

const browser: Step = {
  name: 'navegador',
  run: async () => {
    const path = findOrInstallBrowser((line) => {
      console.log(`    ${line}`);
    });
    if (!path) {
      problems.push(
        '── navegador\nNo hay Chromium y no se pudo instalar. Instálalo o indica su ruta en CHROMIUM_PATH.',
      );
      return { passed: 0, failed: 1, skipped: 0 };
    }
    const report = `${REPORTS}/browser.json`;
    const { code, output } = await run(`${BIN}playwright`, ['test', '--reporter=list,json'], {
      CHROMIUM_PATH: path,
      MINKA_E2E_WORKERS: '3',
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    });
    const found = await readJson<PlaywrightReport>(report);
    if (code !== 0) problems.push(`── navegador\n${output.slice(-15000)}`);
    if (!found) return { passed: 0, failed: 1, skipped: 0 };
    const { expected, unexpected, flaky, skipped } = found.stats;
    const failed = unexpected + flaky + (code !== 0 && unexpected + flaky === 0 ? 1 : 0);
    return { passed: expected, failed, skipped };
  },
};

const build: Step = {
  name: 'construcción',
  run: async () => {
    try {
      await ensureBuild(() => undefined);
      return { passed: 1, failed: 0, skipped: 0 };
    } catch (error) {
      problems.push(`── construcción\n${error instanceof Error ? error.message : String(error)}`);
      return { passed: 0, failed: 1, skipped: 0 };
    }
  },
};

const LINT = ['--cache', '--cache-location=node_modules/.cache/eslint/', '--max-warnings=0', '.'];

/** Lint and types read what it writes. */
const ROUTE_TYPES = check('tipos de rutas', 'next', ['typegen']);
const CHECKS: Step[] = [
  check('tipos', 'tsc', ['--noEmit']),
  check('fronteras', 'depcruise', [
    '--config',
    '.dependency-cruiser.cjs',
    ...['app', 'components', 'db', 'lib', 'services', 'verify', 'proxy.ts'],
  ]),
  check('código muerto', 'knip', []),
  check('formato', 'prettier', ['--check', '--log-level=warn', '--cache', '.']),
  vitest('unidades', 'unit'),
];
const LINTING = check('reglas de código', 'eslint', LINT);

async function runLane(steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const began = performance.now();
    const count = await step.run();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `▸ ${step.name}: ${String(count.passed)} bien, ${String(count.failed)} mal, ${String(count.skipped)} omitidas (${seconds} s)`,
    );
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
  }
}

async function main(): Promise<void> {
  await rm(REPORTS, { recursive: true, force: true });
  await runLane([ROUTE_TYPES]);
  if (process.argv.includes('--quick')) {
    await Promise.all([runLane(CHECKS), runLane([LINTING])]);
  } else {
    // The databases take as long as everything beside them.
    await Promise.all([
      runLane([LINTING, ...CHECKS, build]),
      runLane([vitest('bases de datos', 'database')]),
    ]);
    // Pages answer slowly beside anything else: the browser has both cores for itself.
    await runLane([browser]);
  }
  for (const problem of problems) console.log(`\n${problem}`);
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  console.log(`\nMinka ${version}`);
  console.log(
    `${String(total.passed)} passed, ${String(total.failed)} failed, ${String(total.skipped)} skipped`,
  );
  process.exit(total.failed === 0 ? 0 : 1);
}

await main();
