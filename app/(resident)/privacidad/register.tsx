import { getTranslations } from 'next-intl/server';
import { DataTable } from '@/components/ui/table';
import { DATA_BANKS, type BankFact } from '@/lib/privacy/register';

/** The data banks and what is done with them; staff see more of each than the public summary. */
export async function ProcessingRegister({ facts }: { readonly facts: readonly BankFact[] }) {
  const t = await getTranslations('privacy.register');
  return (
    <DataTable
      caption={t('caption')}
      captionHidden
      head={[t('bank'), ...facts.map((fact) => t(fact))]}
      rows={DATA_BANKS.map((bank) => [
        <strong key="name">{t(`banks.${bank}.name`)}</strong>,
        ...facts.map((fact) => t(`banks.${bank}.${fact}`)),
      ])}
    />
  );
}
