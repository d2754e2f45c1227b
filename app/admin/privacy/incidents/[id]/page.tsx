import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Count } from '@/components/count';
import { DateTime } from '@/components/date';
import { FieldsForm } from '@/components/fields-form';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { requirePermission } from '@/lib/auth/session';
import { incidentById, type IncidentLine } from '@/lib/privacy/queries';
import { isOverdue, tellAuthorityBy } from '@/lib/privacy/terms';
import { isUuid } from '@/lib/shared/uuid';
import { endIncident, noteIncidentTold } from '../../actions';

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('privacy.staff.incident');
  return { title: t('one') };
}

/** One incident: its 48 hours, whom it was told, its end. */
export default async function IncidentPage({ params }: Props) {
  await requirePermission('record-incidents');
  const { id } = await params;
  const incident = isUuid(id) ? await incidentById(registry(), id) : null;
  if (incident === null) notFound();
  const [t, common, now] = await Promise.all([
    getTranslations('privacy.staff.incident'),
    getTranslations('common'),
    databaseNow(registry()),
  ]);
  const moment = (value: Date | null) =>
    value === null ? t('notYet') : <DateTime value={value} />;
  return (
    <>
      <PageHeader title={t('one')} back={{ href: '/admin/privacy', label: common('back') }} />
      {isOverdue(incident, now) ? (
        <Notice tone="danger" role="alert" title={t('overdue')}>
          <p>{t('overdueHow')}</p>
        </Notice>
      ) : null}
      <DataTable
        caption={t('one')}
        captionHidden
        head={[t('fact'), t('said')]}
        rows={[
          [t('what'), incident.what],
          [t('dataKinds'), incident.dataKinds],
          [
            t('people'),
            incident.people === null ? t('unknown') : <Count value={incident.people} />,
          ],
          [t('measures'), incident.measures],
          [t('knownAt'), <DateTime key="known" value={incident.knownAt} />],
          [t('tellBy'), <DateTime key="by" value={tellAuthorityBy(incident.knownAt)} />],
          [t('authorityTold'), moment(incident.authorityToldAt)],
          [t('peopleTold'), moment(incident.peopleToldAt)],
          ...(incident.closedAt === null
            ? []
            : [
                [t('closed'), moment(incident.closedAt)],
                [t('note'), incident.closingNote],
              ]),
        ]}
      />
      <Acts incident={incident} />
    </>
  );
}

async function Acts({ incident }: { readonly incident: IncidentLine }) {
  const [t, common] = await Promise.all([
    getTranslations('privacy.staff.incident'),
    getTranslations('common'),
  ]);
  const problem = common('problem');
  return (
    <>
      {(['authority', 'people'] as const).map((whom) =>
        incident[`${whom}ToldAt`] === null ? (
          <div key={whom} className="mb-6">
            <FieldsForm
              action={noteIncidentTold}
              hidden={{ id: incident.id, whom }}
              fields={[]}
              button={t(`note-${whom}`)}
              problem={problem}
              variant="secondary"
            />
          </div>
        ) : null,
      )}
      {incident.closedAt === null && incident.authorityToldAt !== null ? (
        <Section title={t('close')}>
          <FieldsForm
            action={endIncident}
            hidden={{ id: incident.id }}
            fields={[{ name: 'note', kind: 'area', label: t('note'), hint: t('noteHint') }]}
            button={t('closeSend')}
            problem={problem}
          />
        </Section>
      ) : null}
    </>
  );
}
