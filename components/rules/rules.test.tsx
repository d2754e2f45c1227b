import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '@/lib/i18n/locale';
import { countExample, orderOf, rankExample } from '@/lib/results/worked-example';
import { fundingRule, RULE_PRESETS, type RulePreset } from '@/lib/rounds/presets';
import { render } from '../render.fixture';
import { ExampleBallots } from './example-ballots';
import { RuleInWords } from './rule-in-words';
import { RulePicture, RuleSteps } from './rule-picture';

const draw = (rule: RulePreset, locale?: Locale): string =>
  render(
    <>
      <RulePicture rule={rule} />
      <RuleSteps rule={rule} />
    </>,
    locale,
  );

/** The proposals of a list of marks, in the order drawn. */
const marked = (html: string, mark: string): string[] =>
  [...html.matchAll(/<li[^>]*>(.*?)<\/li>/g)]
    .filter(([, item]) => item!.includes(mark))
    .map(([, item]) => /url\(#regla-([A-E])\)/.exec(item!)![1]!);

describe('the pictures of the rules', () => {
  it.each(LOCALES)('have every text they need in %s', (locale) => {
    for (const rule of RULE_PRESETS) {
      expect(draw(rule, locale), rule).not.toMatch(/rules\.|picture\.|\{|undefined|NaN/);
    }
    expect(render(<ExampleBallots />, locale)).toContain('regla-E');
  });

  it('give every drawing that stands for itself a text', () => {
    for (const rule of RULE_PRESETS) {
      for (const [tag] of draw(rule).matchAll(/<svg[^>]*>/g)) {
        expect(tag).toMatch(/aria-hidden="true"|role="img" aria-label="[^"]{10,}"/);
      }
    }
  });

  it.each(['greedy', 'greedy-threshold', 'greedy-per-cost'] as const)(
    'tick for %s what the engine funds, in its order',
    (rule) => {
      expect(marked(draw(rule), '✓')).toEqual(countExample(rule).winners);
    },
  );

  it('print the points that the engine counted, best first', () => {
    for (const rule of ['borda', 'four-three-two-one'] as const) {
      const result = rankExample(rule);
      const html = render(<RulePicture rule={rule} />);
      expect(marked(html, ' puntos')).toEqual(orderOf(result));
      for (const { score } of result.ranking) expect(html).toContain(`>${score} puntos<`);
    }
  });

  it('say who gains with which count, as the engine compared them', () => {
    const { comparison } = countExample('equal-shares-compared');
    const html = draw('equal-shares-compared');
    expect(comparison).toMatchObject({ preferEqualShares: 4, preferGreedy: 4 });
    expect(html.match(/4 personas ganan más con esta/g)).toHaveLength(2);
  });
});

describe('the rule of a contest in words', () => {
  it('has its own name, its threshold and a way to its picture', () => {
    const rule = fundingRule({ rule: 'greedy-threshold', threshold: 1200 });
    const html = render(<RuleInWords rule={rule} course={['Así fue.']} />);
    expect(html).toContain('Las más votadas, con un mínimo de votos.');
    expect(html).toContain('1\u00a0200 votos');
    expect(html).toContain('Así fue.');
    expect(html).toContain('href="/como-se-cuenta#greedy-threshold"');
  });
});
