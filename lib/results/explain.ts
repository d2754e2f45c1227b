import en from '@/messages/en/common.json';
import es from '@/messages/es-PE/common.json';
import { isDimensionId } from '@/lib/plan/types';
import { formatSoles } from '@/lib/shared/money';
import { explain, explainRule, type ExplainLocale } from '@/lib/tally/explain';
import type { Rule } from '@/lib/tally/types';
import type { GatedContest } from './gate';

export interface ContestExplanation {
  /** How the count went and how its rule works. */
  readonly summary: readonly string[];
  /** Of the summary, what happened in this very count after the rule itself is described. */
  readonly course: readonly string[];
  /** Why each option stands where it does, by id. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly ties: readonly string[];
}

/**
 * The count of a contest in sentences, in the reader's language. Null when its figures are not
 * published, because the sentences carry them.
 */
export function explainContest(contest: GatedContest, locale: string): ContestExplanation | null {
  if (contest.result === null) return null;
  const language = locale === 'en' ? 'en' : 'es';
  const titles = new Map(
    (contest.kind === 'rank' ? contest.rows : contest.proposals).map(({ id, title }) => [
      id,
      title[language],
    ]),
  );
  const said = explain(contest.result, {
    locale: language,
    title: (id) => titles.get(id) ?? id,
    money: (units) => formatSoles(Number(units)),
    part: (name) => dimensionName(name, language),
  });
  return {
    summary: said.summary,
    course: said.summary.slice(2),
    options: new Map(said.projects.map(({ id, sentences }) => [id, sentences])),
    ties: said.ties,
  };
}

/** A rule in one paragraph, exactly as it counts: amounts in soles, dimensions by their names. */
export function ruleInFull(rule: Rule, locale: string): string {
  const language = locale === 'en' ? 'en' : 'es';
  return explainRule(rule, language, {
    money: (units) => formatSoles(Number(units)),
    part: (name) => dimensionName(name, language),
  });
}

/** Ceilings go by dimension: categories of an election are dimensions here. */
function dimensionName(name: string, language: ExplainLocale): string {
  return isDimensionId(name) ? { es, en }[language].dimension[name] : name;
}
