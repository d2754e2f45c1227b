import type { Report } from '../report';
import { proofSentences, sentencesOf } from '../report-text';
import { WORDS, type Language } from '../words/words';
import { el } from './dom';
import { PAGE_WORDS } from './page-words';

const MARKS = { passed: '✔', failed: '✘', waiting: '…', blocked: '–' } as const;

/** The report as a page shows it: the verdict first, then every check with its sentences. */
export function reportView(report: Report, language: Language): HTMLElement {
  const words = WORDS[language];
  const page = PAGE_WORDS[language];
  const verdict = el(
    'p',
    { class: `verdict ${report.verdict}`, tabindex: '-1', id: 'verdict' },
    words.verdicts[report.verdict],
  );
  const checks = report.checks.map((check) =>
    el(
      'li',
      { class: check.verdict },
      el('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[check.verdict]),
      el(
        'div',
        {},
        el(
          'p',
          { class: 'name' },
          words.checks[check.id],
          ' ',
          el('small', {}, `${check.id}, ${words.verdictMarks[check.verdict]}`),
        ),
        ...sentencesOf(check, report.state, language).map((text) => el('p', {}, text)),
      ),
    ),
  );
  const section = el(
    'section',
    { 'aria-labelledby': 'result' },
    el('h2', { id: 'result' }, page.result),
    verdict,
    ...proofView(report.proof, language),
    ...(report.demo ? [el('p', {}, words.labels.demo)] : []),
    el('h2', {}, page.checks),
    el('ol', { class: 'checks' }, ...checks),
    ...countView(report, language),
    el('h2', {}, page.data),
    dataView(report, language),
  );
  return section;
}

const PROOF_MARKS = {
  kept: 'passed',
  waits: 'partial',
  unchecked: 'partial',
  invalid: 'failed',
  breach: 'failed',
} as const;

function proofView(proof: Report['proof'], language: Language): HTMLElement[] {
  if (proof === null) return [];
  const words = WORDS[language].proof;
  return [
    el('h2', {}, words.title),
    el('p', { class: `verdict ${PROOF_MARKS[proof.verdict]}` }, words.verdicts[proof.verdict]),
    ...proofSentences(proof, language).map((sentence) => el('p', {}, sentence)),
  ];
}

function dataView(report: Report, language: Language): HTMLElement {
  const { labels, states, ballots } = WORDS[language];
  const list = el('dl');
  const put = (label: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined)
      list.append(el('dt', {}, label), el('dd', {}, value));
  };
  put(labels.round, report.title?.[language] ?? report.round);
  put(labels.state, report.state && states[report.state]);
  put(labels.manifest, report.manifestHash);
  put(labels.root, report.root);
  put(labels.size, report.size === null ? null : String(report.size));
  if (report.ballots) {
    const { lines, voters, paper } = report.ballots;
    put(labels.ballots, ballots(lines, voters, paper));
  }
  return list;
}

function countView(report: Report, language: Language): HTMLElement[] {
  if (report.count === null) return [];
  const words = WORDS[language];
  const { count, ownCount } = words.labels;
  const title = el('h2', {}, report.announced ? count : ownCount);
  const contests = report.count.flatMap((contest) => [
    el('h3', {}, contest.title[language]),
    el('p', {}, words.contest(contest.voters, contest.blank)),
    el(
      'ol',
      {},
      ...contest.options.map(({ label, votes, funded }) =>
        el('li', {}, words.option(label[language], votes, funded)),
      ),
    ),
  ]);
  return [title, ...contests];
}
