import { getTranslations } from 'next-intl/server';
import { Tag, type TagTone } from '@/components/ui/tag';
import type { RoundState as State } from '@/lib/rounds/types';

const TONES: Readonly<Record<State, TagTone>> = {
  draft: 'neutral',
  opening: 'info',
  open: 'success',
  closing: 'info',
  closed: 'info',
  tallying: 'info',
  tallied: 'warning',
  published: 'solid',
};

export async function RoundState({ state }: { readonly state: State }) {
  const t = await getTranslations('rounds.state');
  return <Tag tone={TONES[state]}>{t(state)}</Tag>;
}
