import { useTranslations } from 'next-intl';
import { Tag, type TagTone } from '@/components/ui/tag';
import type { ImportLine } from '@/lib/roll/import/queries';

const TONES: Readonly<Record<ImportLine['state'], TagTone>> = {
  uploading: 'neutral',
  inspecting: 'info',
  mapping: 'warning',
  parsing: 'info',
  previewed: 'warning',
  proposed: 'warning',
  applying: 'info',
  applied: 'success',
  declined: 'danger',
  withdrawn: 'neutral',
  failed: 'danger',
};

export function StateTag({ state }: { readonly state: ImportLine['state'] }) {
  const t = useTranslations('roll-import.state');
  return <Tag tone={TONES[state]}>{t(state)}</Tag>;
}
