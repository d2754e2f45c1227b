import { getTranslations } from 'next-intl/server';
import { Count, formatCount } from '@/components/count';
import { ConfirmForm } from '@/components/ui/confirm-form';
import { Notice } from '@/components/ui/notice';
import { Section } from '@/components/ui/section';
import { Stat, StatGrid } from '@/components/ui/stat';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { districtNames, type ImportDetail } from '@/lib/roll/import/queries';
import { FreshGate } from '../../../cuenta/fresh-gate';
import { propose } from '../actions';

/** More than this part of the people leaving is a file that brings only a part, or a mistake. */
const MANY_LEFT = 0.1;

/** What the file changes: the whole, then every district. */
export async function PreviewTables({ found }: { readonly found: ImportDetail }) {
  const { preview } = found;
  if (preview === null) return null;
  const [t, names] = await Promise.all([
    getTranslations('roll-import.preview'),
    districtNames(registry()),
  ]);
  const figures = [
    'before',
    'after',
    'joined',
    'left',
    'movedDistrict',
    'changedPhone',
    'changedName',
    'unchanged',
    'withoutPhone',
    'sharedPhones',
  ] as const;
  const districts = Object.entries(preview.districts)
    .map(([code, change]) => ({ name: names.get(code) ?? code, ...change }))
    .sort((a, b) => a.name.localeCompare(b.name, 'es'));
  const signed = (value: number) =>
    `${value > 0 ? '+' : value < 0 ? '−' : ''}${formatCount(Math.abs(value))}`;
  const cells = (one: Omit<(typeof districts)[number], 'name'>) => [
    <Count key="before" value={one.before} />,
    <Count key="joined" value={one.joined} />,
    <Count key="left" value={one.left} />,
    <Count key="after" value={one.after} />,
    signed(one.after - one.before),
  ];
  return (
    <Section title={t('title')} lead={found.state === 'applied' ? undefined : t('lead')}>
      {preview.before > 0 && preview.left > preview.before * MANY_LEFT ? (
        <Notice tone="warning">{t('manyLeft')}</Notice>
      ) : null}
      <StatGrid>
        {figures.map((name) => (
          <Stat key={name} label={t(name)} value={<Count value={preview[name]} />} />
        ))}
      </StatGrid>
      <DataTable
        caption={t('districts')}
        dense
        head={[t('district'), t('before'), t('joined'), t('left'), t('after'), t('difference')]}
        numeric={[1, 2, 3, 4, 5]}
        rows={districts.map(({ name, ...one }) => [name, ...cells(one)])}
        foot={[t('total'), ...cells(preview)]}
      />
    </Section>
  );
}

/** The first person's part: a reason, and the request to the second. */
export async function Propose({
  found,
  isStale,
}: {
  readonly found: ImportDetail;
  readonly isStale: boolean;
}) {
  const t = await getTranslations('roll-import.preview');
  return (
    <Section title={t('propose')}>
      {isStale ? (
        <Notice tone="warning">{t('stale')}</Notice>
      ) : (
        <FreshGate>
          <ConfirmForm
            action={propose}
            hidden={{ importId: found.id }}
            sentence={t('proposeText')}
            reason={{ label: t('reason'), hint: t('reasonHint') }}
            submit={t('submit')}
            variant="primary"
          />
        </FreshGate>
      )}
    </Section>
  );
}
