import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTranslator } from 'use-intl/core';
import { formatCount } from '@/components/count';
import { closeRegistry, registry } from '@/db/registry/client';
import { checkChain, toldHeads, type ChainHead, type ChainState } from '@/lib/audit/chain';
import { RECORD_FILES } from '@/lib/record/files';
import { parseNote, parseNoteLine } from '@/lib/record/notes';
import messages from '@/messages/es-PE/audit.json';
import { loadDemoEnv } from '../supervisor/demo-env';

/**
 * `npm run -s audit -- --check [--record FOLDER|URL] [--json]`: hashes the audit chain again and
 * names the first act that was altered, is missing or stands elsewhere. With a copy of a round's
 * public record, also against the heads in it: those nobody here can rewrite. Ends 0 or 1.
 */

const t = createTranslator({ locale: 'es-PE', messages: { audit: messages }, namespace: 'audit' });
const TIMEOUT_MS = 15_000;

class Refused extends Error {}

function readOrder(): { readonly record: string | undefined } {
  try {
    const { values } = parseArgs({
      options: {
        check: { type: 'boolean' },
        record: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    if (values.check === true) return { record: values.record };
  } catch {
    // An option that does not exist: the usage says which do.
  }
  throw new Refused(t('command.usage'));
}

/** Audit heads of a round's public record, at its address or in a mirror. */
async function headsIn(record: string): Promise<ChainHead[]> {
  const text = await readNotes(record);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const note = parseNote(parseNoteLine(line)?.text ?? '');
      return note?.type === 'audit-head' ? [{ seq: note.seq, hash: note.hash }] : [];
    });
}

async function readNotes(record: string): Promise<string> {
  try {
    if (!/^https?:\/\//.test(record))
      return await readFile(join(record, RECORD_FILES.notes), 'utf8');
    const url = `${record.replace(/\/$/, '')}/${RECORD_FILES.notes}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.ok) return await response.text();
  } catch {
    // Said below, without the machine's words.
  }
  throw new Refused(t('command.noRecord', { record }));
}

function say(state: ChainState, heads: number, isJson: boolean): void {
  if (isJson) {
    const { entries, problem } = state;
    const head = state.head.toString('hex');
    console.log(JSON.stringify({ ok: problem === null, entries, head, heads, problem }));
  } else if (state.problem === null) {
    console.log(
      t('command.holds', {
        entries: state.entries,
        entriesText: formatCount(state.entries),
        heads,
        headsText: formatCount(heads),
      }),
    );
    console.log(t('command.head', { hash: state.head.toString('hex') }));
  } else {
    console.log(t(`problem.${state.problem.kind}`, { seq: state.problem.seq }));
  }
}

async function main(): Promise<number> {
  const isJson = process.argv.includes('--json');
  try {
    const { record } = readOrder();
    loadDemoEnv();
    if (!process.env['DATABASE_URL']) throw new Refused(t('command.noDatabase'));
    const outside = record === undefined ? [] : await headsIn(record);
    const heads = [...(await toldHeads(registry())), ...outside];
    const state = await checkChain(registry(), heads);
    say(state, heads.length, isJson);
    return state.problem === null ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(isJson ? JSON.stringify({ ok: false, error: error.message }) : error.message);
    return 2;
  } finally {
    await closeRegistry();
  }
}

process.exitCode = await main();
