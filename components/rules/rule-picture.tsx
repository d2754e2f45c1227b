import { useLocale } from 'next-intl';
import {
  countExample,
  explainExample,
  portionsEvened,
  portionsLoaded,
  rankExample,
} from '@/lib/results/worked-example';
import type { RulePreset } from '@/lib/rounds/presets';
import { Details } from '../ui/details';
import { useExampleWords } from './example-words';
import { PointsPicture } from './points-picture';
import { ComparedPicture, LoadsPicture, PursesPicture, SetsPicture } from './share-pictures';
import { WalkPicture } from './walk-picture';

/** How a rule counts the example: a picture made from the engine's own result. */
export function RulePicture({ rule }: { readonly rule: RulePreset }) {
  switch (rule) {
    case 'equal-shares':
      return <PursesPicture result={countExample(rule)} />;
    case 'equal-shares-compared':
      return <ComparedPicture result={countExample(rule)} />;
    case 'greedy':
    case 'greedy-threshold':
    case 'greedy-per-cost':
      return <WalkPicture result={countExample(rule)} perCost={rule === 'greedy-per-cost'} />;
    case 'phragmen': {
      const result = countExample(rule);
      return <LoadsPicture result={result} columns={portionsLoaded(result.winners)} />;
    }
    case 'maximin-support': {
      const result = countExample(rule);
      return <LoadsPicture result={result} columns={portionsEvened(result.winners)} />;
    }
    case 'max-welfare':
      return <SetsPicture />;
    case 'borda':
    case 'four-three-two-one':
      return <PointsPicture result={rankExample(rule)} />;
  }
}

/** The same picture in sentences: the engine's own, as on a result page. */
export function RuleSteps({ rule }: { readonly rule: RulePreset }) {
  const { t, title } = useExampleWords();
  const locale = useLocale();
  const result =
    rule === 'borda' || rule === 'four-three-two-one' ? rankExample(rule) : countExample(rule);
  return (
    <Details summary={t('picture.step')}>
      <ul className="max-w-(--container-text) list-disc space-y-2 pl-5">
        {explainExample(result, locale, title).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Details>
  );
}
