import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FieldsForm } from '@/components/fields-form';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { requirePermission } from '@/lib/auth/session';
import { challengeFields, inclusionFields } from '../../../(resident)/padron/fields';
import { openList } from '../../../(resident)/padron/open-list';
import { takeChallenge, takeInclusion } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lists.staff');
  return { title: t('take') };
}

/** For somebody at the desk, with the DNI in the officer's hand. */
export default async function TakeFilingPage() {
  await requirePermission('decide-lists');
  const [t, common, list, challenge, inclusion] = await Promise.all([
    getTranslations('lists.staff'),
    getTranslations('common'),
    openList(),
    challengeFields(),
    inclusionFields('desk'),
  ]);
  const back = { href: '/admin/challenges', label: common('back') };
  if (list === null) return <PageHeader title={t('take')} back={back} lead={t('closed')} />;
  const hidden = { roundId: list.id };
  const problem = common('problem');
  return (
    <>
      <PageHeader title={t('take')} back={back} lead={t('takeLead')} />
      <Section title={t('inclusion.take')}>
        <FieldsForm
          action={takeInclusion}
          hidden={hidden}
          fields={inclusion}
          button={t('inclusion.send')}
          problem={problem}
        />
      </Section>
      <Section title={t('challenge.take')}>
        <FieldsForm
          action={takeChallenge}
          hidden={hidden}
          fields={[
            { name: 'filerDni', kind: 'digits', label: t('filerDni'), hint: t('filerHint') },
            ...challenge,
          ]}
          idPrefix="tacha-"
          button={t('challenge.send')}
          problem={problem}
        />
      </Section>
    </>
  );
}
