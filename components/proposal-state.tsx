import { useTranslations } from 'next-intl';
import type { ProposalState } from '@/lib/proposals/types';
import { Tag, type TagTone } from './ui/tag';

const TONES: Readonly<Record<ProposalState, TagTone>> = {
  submitted: 'neutral',
  'under-evaluation': 'neutral',
  eligible: 'info',
  rejected: 'warning',
  merged: 'neutral',
  withdrawn: 'neutral',
  funded: 'success',
  'not-funded': 'neutral',
};

/** Where a proposal stands, in the residents' words. */
export function ProposalStateTag({ state }: { readonly state: ProposalState }) {
  const t = useTranslations('proposals.state');
  return <Tag tone={TONES[state]}>{t(state)}</Tag>;
}
