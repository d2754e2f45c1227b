import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DateTime } from '@/components/date';
import { FieldsForm } from '@/components/fields-form';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { matterInput } from '@/lib/lists/input';
import { matterById, type Matter } from '@/lib/lists/matter';
import { rollKeys } from '@/lib/roll/keys';
import { isUuid } from '@/lib/shared/uuid';
import { FreshGate } from '../../../../cuenta/fresh-gate';
import { decideListMatter } from '../../actions';
import { SeeDni } from './see-dni';

interface Props {
  readonly params: Promise<{ what: string; id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lists.staff');
  return { title: t('decide.title') };
}

/** One challenge or request, with what an officer decides on. */
export default async function MatterPage({ params }: Props) {
  const actor = await requirePermission('decide-lists');
  const { what, id } = await params;
  const kind = matterInput.safeParse(what);
  if (!kind.success || !isUuid(id)) notFound();
  const matter = await matterById(registry(), rollKeys(), kind.data, id);
  if (matter === null) notFound();
  const [t, common] = await Promise.all([
    getTranslations('lists.staff'),
    getTranslations('common'),
  ]);
  return (
    <>
      <PageHeader
        title={t(`${matter.what}.one`, { number: matter.number })}
        back={{ href: `/admin/challenges?votacion=${matter.roundId}`, label: common('back') }}
      />
      <Facts matter={matter} />
      {matter.what === 'inclusion' && ['filed', 'accepted'].includes(matter.state) ? (
        <WholeDni id={matter.id} />
      ) : null}
      <Decision matter={matter} actorId={actor.id} />
    </>
  );
}

async function Facts({ matter }: { readonly matter: Matter }) {
  const [t, kinds] = await Promise.all([
    getTranslations('lists.staff'),
    getTranslations('lists.challenge.kinds'),
  ]);
  const gone = t('gone');
  return (
    <DataTable
      caption={t('facts.title')}
      captionHidden
      head={[t('facts.what'), t('facts.said')]}
      rows={[
        [t('state'), t(`states.${matter.state}`)],
        [t('filed'), <DateTime key="filed" value={matter.filedAt} />],
        ...(matter.kind === null ? [] : [[t('about'), kinds(matter.kind)]]),
        [t('district'), matter.districtName],
        [
          t('facts.dni'),
          matter.dniLastTwo === null ? gone : t('facts.digits', { digits: matter.dniLastTwo }),
        ],
        [t('facts.listed'), t(matter.isListed ? 'facts.yes' : 'facts.no')],
        ...(matter.names === null ? [] : [[t('facts.names'), matter.names]]),
        ...(matter.phone === null ? [] : [[t('facts.phone'), matter.phone]]),
        [t('facts.evidence'), matter.evidence ?? gone],
        [t('facts.received'), matter.receivedBy ?? t('facts.page')],
        ...(matter.reason === null ? [] : [[t('reason'), matter.reason]]),
      ]}
    />
  );
}

/** What both people compare with the register: behind a touched key, and each look is recorded. */
async function WholeDni({ id }: { readonly id: string }) {
  const t = await getTranslations('lists.staff.dni');
  return (
    <Section title={t('title')} lead={t('lead')}>
      <FreshGate>
        <SeeDni id={id} words={{ see: t('see'), gone: t('gone') }} />
      </FreshGate>
    </Section>
  );
}

async function Decision({
  matter,
  actorId,
}: {
  readonly matter: Matter;
  readonly actorId: string;
}) {
  const [t, common] = await Promise.all([
    getTranslations('lists.staff.decide'),
    getTranslations('common'),
  ]);
  if (matter.waitsForSecond) {
    return (
      <Notice tone="info" title={t('waits')}>
        <p>{t('waitsHow')}</p>
      </Notice>
    );
  }
  if (matter.state === 'applied' || matter.state === 'rejected') return null;
  if (matter.receivedBy === actorId) return <Notice tone="warning" title={t('own')} />;
  return (
    <Section title={t('title')} lead={t('lead')}>
      <FreshGate>
        <FieldsForm
          action={decideListMatter}
          hidden={{ what: matter.what, id: matter.id }}
          fields={[
            {
              name: 'decision',
              kind: 'select',
              label: t('decision'),
              options: [
                { value: '', label: t('choose') },
                { value: 'accept', label: t(`accept.${matter.what}`) },
                { value: 'reject', label: t(`reject.${matter.what}`) },
              ],
            },
            { name: 'reason', kind: 'area', label: t('reason'), hint: t('reasonHint') },
          ]}
          button={t('send')}
          problem={common('problem')}
        />
      </FreshGate>
    </Section>
  );
}
