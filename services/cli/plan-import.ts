import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createTranslator } from 'use-intl/core';
import { closeRegistry, registry } from '@/db/registry/client';
import { importPlan } from '@/lib/plan/commands';
import { parsePlan } from '@/lib/plan/parse';
import { planAsJson } from '@/lib/plan/report';
import { type Differences, countPlan, warningArguments } from '@/lib/plan/rules';
import type { ParsedPlan, PlanWarning } from '@/lib/plan/types';
import messages from '@/messages/es-PE/plan.json';
import { loadDemoEnv } from '../supervisor/demo-env';

/** `npm run -s plan:import -- FILE [--dry-run] [--json]`: what the administrator does in the browser. */

const t = createTranslator({ locale: 'es-PE', messages: { plan: messages }, namespace: 'plan' });

/** One sentence for the person at the terminal; anything else that is thrown is a bug and shows its trace. */
class Refused extends Error {}

interface Order {
  readonly file: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

function readOrder(): Order {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } },
    });
    const [file, ...more] = positionals;
    if (file !== undefined && more.length === 0) {
      return { file, dryRun: values['dry-run'] ?? false, json: values.json ?? false };
    }
  } catch {
    // An option that does not exist: the usage says which do.
  }
  throw new Refused(t('refusal.usage'));
}

/** npm runs a script in the project's folder; the person may have typed a path relative to hers. */
function pathOf(file: string): string {
  const typedIn = process.env['INIT_CWD'];
  return existsSync(file) || typedIn === undefined ? file : resolve(typedIn, file);
}

async function readDocument(file: string): Promise<Buffer> {
  const path = pathOf(file);
  try {
    if ((await stat(path)).isDirectory()) throw new Refused(t('refusal.directory', { file }));
    return await readFile(path);
  } catch (error) {
    if (error instanceof Refused) throw error;
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new Refused(t(missing ? 'refusal.missing' : 'refusal.unreadable', { file }));
  }
}

function sentence(warning: PlanWarning): string {
  return t(`warning.${warning.kind}`, warningArguments(warning));
}

function report(plan: ParsedPlan, changes: Differences | null): string {
  const count = (kind: string) => changes?.list.filter((one) => one.kind === kind).length ?? 0;
  return [
    t('command.read', { ...countPlan(plan.dimensions) }),
    ...plan.dimensions.map(
      (dimension) =>
        `  ${t('command.dimension', { ...countPlan([dimension]), id: dimension.id, name: dimension.name })}`,
    ),
    t('command.warnings', { count: plan.warnings.length }),
    ...plan.warnings.map((warning) => `  ${sentence(warning)}`),
    changes === null
      ? t('command.dryRun')
      : t('command.done', {
          new: count('new'),
          changed: count('changed'),
          gone: count('gone'),
          unchanged: changes.unchanged,
        }),
  ].join('\n');
}

async function save(document: Buffer, file: string): Promise<Differences> {
  loadDemoEnv();
  if (!process.env['DATABASE_URL']) throw new Refused(t('refusal.no-database'));
  try {
    const imported = await importPlan(
      registry(),
      { kind: 'operator' },
      { document, sourceName: basename(file) },
    );
    if (!imported.ok) throw new Refused(t(`refusal.${imported.reason}`));
    return imported.value.differences;
  } catch (error) {
    const detail = awayBecause(error);
    if (detail === null) throw error;
    throw new Refused(t('refusal.database-away', { detail }));
  } finally {
    await closeRegistry();
  }
}

/** Connection refused, cut or not admitted: the network's codes, postgres.js' own, and PostgreSQL's classes. */
const AWAY = /^(E[A-Z]+|CONNECT\w*|08\d{3}|28\w{3}|3D\w{3}|53\w{3}|57P\w{2})$/;

/** What the database's end said, when it is the database that is away; null for anything else. */
function awayBecause(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && AWAY.test(at.code)) {
      return at.message === '' ? at.code : at.message;
    }
  }
  return null;
}

async function main(): Promise<void> {
  const order = readOrder();
  const document = await readDocument(order.file);
  const parsed = parsePlan(document);
  if (!parsed.ok) throw new Refused(t(`refusal.${parsed.reason}`));
  const changes = order.dryRun ? null : await save(document, order.file);
  const out = order.json
    ? JSON.stringify(planAsJson(parsed.value, sentence), null, 2)
    : report(parsed.value, changes);
  process.stdout.write(`${out}\n`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
