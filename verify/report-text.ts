import type { ProofReport } from './proof';
import type { CheckReport, Report } from './report';
import { WORDS, type Language } from './words/words';

const MARKS = { passed: '✔', failed: '✘', waiting: '…', blocked: '–' } as const;
/** Options of a contest that are listed; the rest is in the JSON report. */
const LISTED = 12;

/** The sentences of one check: what it found, or what it looked at. */
export function sentencesOf(
  check: CheckReport,
  state: Report['state'],
  language: Language,
): string[] {
  const words = WORDS[language];
  if (check.verdict === 'blocked') return [words.blocked];
  if (check.verdict === 'waiting') {
    return [check.id === 'V10' && state === 'sealed' ? words.waitingTally : words.waiting];
  }
  if (check.verdict === 'passed') return [words.passed[check.id](check.facts)];
  const said = check.findings.map(({ code, params }) => words.findings[code](params));
  const more = check.findingCount - check.findings.length;
  return more > 0 ? [...said, words.more(more)] : said;
}

/** What was found about each part of a proof. */
export function proofSentences({ findings }: ProofReport, language: Language): string[] {
  const { proof } = WORDS[language];
  return findings.map(({ code, params }) => proof.findings[code](params));
}

/** The whole report as plain text, for a terminal or an e-mail. */
export function reportText(report: Report, language: Language): string {
  const words = WORDS[language];
  const { labels } = words;
  const out: string[] = [words.tool, ''];
  const field = (label: string, value: string | null): void => {
    if (value !== null) out.push(`${label}: ${value}`);
  };
  const title = report.title?.[language] ?? null;
  field(labels.round, title === null ? report.round : `${title} (${report.round ?? ''})`);
  field(labels.state, report.state && words.states[report.state]);
  field(labels.manifest, report.manifestHash);
  field(labels.root, report.root);
  field(labels.size, report.size === null ? null : String(report.size));
  if (report.ballots) {
    const { lines, voters, paper } = report.ballots;
    field(labels.ballots, words.ballots(lines, voters, paper));
  }
  if (report.demo) out.push(labels.demo);
  out.push('');
  for (const check of report.checks) {
    out.push(`${MARKS[check.verdict]} ${check.id.padEnd(3)} ${words.checks[check.id]}`);
    for (const sentence of sentencesOf(check, report.state, language))
      out.push(`      ${sentence}`);
  }
  if (report.count) {
    out.push('', report.announced ? labels.count : labels.ownCount);
    for (const contest of report.count) {
      out.push(`  ${contest.title[language]} (${words.contest(contest.voters, contest.blank)})`);
      for (const { label, votes, funded } of contest.options.slice(0, LISTED)) {
        out.push(`    ${words.option(label[language], votes, funded)}`);
      }
      const more = contest.options.length - LISTED;
      if (more > 0) out.push(`    ${words.more(more)}`);
    }
  }
  if (report.proof) {
    out.push('', words.proof.title);
    for (const sentence of proofSentences(report.proof, language)) out.push(`  ${sentence}`);
    out.push(`  ${words.proof.verdicts[report.proof.verdict]}`);
  }
  out.push('', words.verdicts[report.verdict], '');
  return out.join('\n');
}
