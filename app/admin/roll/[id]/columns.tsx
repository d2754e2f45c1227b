import { getTranslations } from 'next-intl/server';
import { Section } from '@/components/ui/section';
import type { ImportDetail } from '@/lib/roll/import/queries';
import { MappingForm } from './mapping-form';

const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
const EXAMPLE_CHARACTERS = 24;

/** Which column is what: proposed from the headers, or as it was the last time. */
export async function Columns({
  found,
  isFirst,
}: {
  readonly found: ImportDetail;
  readonly isFirst: boolean;
}) {
  const t = await getTranslations('roll-import');
  const { format, mapping } = found;
  if (format === null || mapping === null) return null;
  const columns = found.headers.map((header, index) => {
    const name = header === '' ? `${index + 1}` : header;
    const example = found.sample.map((cells) => cells[index] ?? '').find((cell) => cell !== '');
    const label =
      example === undefined
        ? name
        : t('mapping.example', { name, example: example.slice(0, EXAMPLE_CHARACTERS) });
    return { value: index.toString(), label };
  });
  const options = [{ value: '', label: t('mapping.none') }, ...columns];
  const pairs = (names: readonly string[], group: 'dateOrders' | 'padDnis' | 'scopes') =>
    names.map((value) => ({ value, label: t(`mapping.${group}.${value}`) }));
  const form = (
    <>
      <p className="mb-6 max-w-(--container-text)">
        {format.kind === 'csv'
          ? t('format.csv', {
              delimiter: t(`format.delimiter.${DELIMITERS[format.delimiter]}`),
              encoding: t(`format.encoding.${format.encoding}`),
            })
          : t('format.xlsx', {
              sheet: format.sheet,
              sheets: format.sheets,
              sheetsText: format.sheets.toString(),
            })}{' '}
        {t('format.header', { row: format.headerRow })}
      </p>
      <MappingForm
        importId={found.id}
        mapping={mapping}
        columns={options}
        dateOrders={pairs(['day-first', 'month-first', 'refuse'], 'dateOrders')}
        padDnis={pairs(['no', 'yes'], 'padDnis')}
        scopes={pairs(['whole', 'partial'], 'scopes')}
        words={{
          problem: t('mapping.problem'),
          dni: t('mapping.dni'),
          district: t('mapping.district'),
          districtHint: t('mapping.districtHint'),
          phone: t('mapping.phone'),
          phoneHint: t('mapping.phoneHint'),
          name1: t('mapping.name1'),
          name2: t('mapping.name2'),
          name3: t('mapping.name3'),
          nameHint: t('mapping.nameHint'),
          birth: t('mapping.birth'),
          birthHint: t('mapping.birthHint'),
          dateOrder: t('mapping.dateOrder'),
          minAge: t('mapping.minAge'),
          minAgeHint: t('mapping.minAgeHint'),
          padDni: t('mapping.padDni'),
          scope: t('mapping.scope'),
          submit: isFirst ? t('mapping.submit') : t('mapping.again'),
        }}
      />
    </>
  );
  if (!isFirst) return form;
  return (
    <Section title={t('mapping.title')} lead={t('mapping.lead')}>
      {form}
    </Section>
  );
}
