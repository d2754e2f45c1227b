import './no-code-from-text';
import { z } from 'zod';
import { now } from '@/lib/shared/clock';
import { readProof, type ProofFile } from '../proof';
import type { Report } from '../report';
import { NoRecord, verifyRecord, type Progress } from '../run';
import { SourceAway, type RecordSource } from '../source';
import { urlSource } from '../url-source';
import { WORDS, type Language } from '../words/words';
import { browserCrypto } from './browser-crypto';
import { el } from './dom';
import { filesSource } from './files-source';
import { formView, problemView, type Wanted } from './form-view';
import { PAGE_WORDS } from './page-words';
import { reportView } from './report-view';

/** The verifier as one page: no server, no framework, nothing loaded but the record itself. */

interface State {
  language: Language;
  address: string;
  rounds: readonly string[];
  error: string | null;
  report: Report | null;
  progress: Progress | null;
}

const parameters = new URLSearchParams(location.search);
/** The site that serves the page names its ballot box; a page opened from a disk has none. */
const box = document.documentElement.dataset['box'] ?? null;
const recordBase = box === null ? null : `${box}/public-record/`;

const state: State = {
  language: parameters.get('lang') === 'en' ? 'en' : 'es',
  address: parameters.get('record') ?? '',
  rounds: [],
  error: null,
  report: null,
  progress: null,
};

const main = document.getElementById('main') ?? document.body;
const bar = el('progress', { max: '1' });
const stepText = el('p', { role: 'status' });

function draw(focus: 'verdict' | 'problem' | null): void {
  const { language, report, progress } = state;
  const words = PAGE_WORDS[language];
  document.documentElement.lang = language;
  document.title = WORDS[language].tool;
  const toggle = el(
    'button',
    { type: 'button', class: 'quiet', lang: other(language) },
    words.language,
  );
  toggle.addEventListener('click', () => {
    state.language = other(language);
    draw(null);
  });
  main.replaceChildren(
    el('div', { class: 'actions' }, toggle),
    el('h1', {}, words.title),
    el('p', {}, words.lead),
    introduction(),
    ...(progress
      ? [progressView()]
      : report
        ? [reportView(report, language), actions(report)]
        : [form()]),
  );
  if (focus !== null) document.getElementById(focus)?.focus();
}

const other = (language: Language): Language => (language === 'es' ? 'en' : 'es');

function introduction(): HTMLElement {
  const words = PAGE_WORDS[state.language];
  const text = el('p', {}, words.copy);
  if (box !== null) {
    const files = [
      ['minka-verify.html', words.download],
      ['minka-verify.mjs', words.downloadCommand],
    ] as const;
    for (const [file, name] of files) {
      text.append(' ', el('a', { href: `/verify/${file}`, download: file }, name), '.');
    }
    text.append(' ', el('a', { href: '/' }, words.back), '.');
  }
  return text;
}

function form(): HTMLElement {
  const { language, address, rounds, error } = state;
  const start = { language, address, rounds, recordBase, error };
  return formView({ ...start, onWanted: (wanted) => void begin(wanted) });
}

function progressView(): HTMLElement {
  return el(
    'section',
    { class: 'box', 'aria-labelledby': 'working' },
    el('h2', { id: 'working' }, PAGE_WORDS[state.language].working),
    stepText,
    bar,
  );
}

function actions(report: Report): HTMLElement {
  const words = PAGE_WORDS[state.language];
  const save = el('button', { type: 'button', class: 'quiet' }, words.save);
  save.addEventListener('click', () => {
    const json = new Blob([JSON.stringify(report)], { type: 'application/json' });
    const url = URL.createObjectURL(json);
    el('a', { href: url, download: `minka-verify-${report.round ?? 'informe'}.json` }).click();
    URL.revokeObjectURL(url);
  });
  const again = el('button', { type: 'button' }, words.again);
  again.addEventListener('click', () => {
    state.report = null;
    draw(null);
  });
  return el('p', { class: 'actions' }, again, ' ', save);
}

function show(progress: Progress): void {
  const name = WORDS[state.language].steps[progress.step];
  const isNewStep = state.progress?.step !== progress.step;
  state.progress = progress;
  // Screen readers hear every step once; the bar says how far it is.
  if (isNewStep) stepText.textContent = `${name}…`;
  bar.value = progress.all > 0 ? progress.done / progress.all : 0;
  bar.setAttribute('aria-label', name);
}

async function begin(wanted: Wanted): Promise<void> {
  const words = PAGE_WORDS[state.language];
  state.address = wanted.address ?? state.address;
  const source = sourceOf(wanted);
  const { manifestHash } = wanted;
  if (source === null) {
    refuse(words.needPlace);
  } else if (manifestHash !== null && !/^[A-Za-z0-9_-]{43}$/.test(manifestHash)) {
    refuse(words.badHash);
  } else {
    const proof = wanted.proof && readProof(new Uint8Array(await wanted.proof.arrayBuffer()));
    if (wanted.proof !== null && proof === null) refuse(words.badProof);
    else await verify(source, manifestHash, (await wanted.since?.text()) ?? null, proof);
  }
}

function sourceOf({ address, files }: Wanted): RecordSource | null {
  if (files.length > 0) return filesSource(files);
  return address !== null && /^https?:\/\/./.test(address) && URL.canParse(address)
    ? urlSource(address)
    : null;
}

function refuse(sentence: string): void {
  state.error = sentence;
  state.progress = null;
  draw('problem');
}

async function verify(
  source: RecordSource,
  manifestHash: string | null,
  since: string | null,
  proofFile: ProofFile | null,
): Promise<void> {
  Object.assign(state, {
    error: null,
    report: null,
    progress: { step: 'manifest', done: 0, all: 1 },
  });
  stepText.textContent = '';
  draw(null);
  try {
    const onProgress = show;
    const proof = proofFile && { file: proofFile, now: now() };
    const options = { manifestHash, since, proof, onProgress };
    state.report = await verifyRecord(source, browserCrypto, options);
    state.progress = null;
    draw('verdict');
  } catch (error) {
    const { problems } = WORDS[state.language];
    if (error instanceof NoRecord) refuse(problems['no-record']);
    else if (error instanceof SourceAway) refuse(problems.away);
    else refuse(`${problems.unexpected} ${error instanceof Error ? error.message : ''}`);
  }
}

/** The rounds of this site's ballot box; a box that does not list them leaves the field to be typed. */
async function listRounds(): Promise<void> {
  if (recordBase === null) return;
  try {
    const response = await fetch(`${recordBase}index.json`, { credentials: 'omit' });
    const list = z.object({ rounds: z.array(z.string()) }).safeParse(await response.json());
    if (!list.success) return;
    state.rounds = list.data.rounds;
    if (state.report === null && state.progress === null) draw(null);
  } catch {
    // Without the list the address is typed.
  }
}

async function start(): Promise<void> {
  draw(null);
  const words = PAGE_WORDS[state.language];
  // Browsers offer their cryptography only where a page cannot have been altered on its way.
  if (!('subtle' in crypto)) {
    main.append(problemView(words.insecure, state.language));
    return;
  }
  await listRounds();
}

void start();
