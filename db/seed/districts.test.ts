import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DISTRICTS, districtByCode } from './districts';

const source = fileURLToPath(
  new URL('../../../shared/data/huancayo/districts.tsv', import.meta.url),
);

function sourceRows(): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(source, 'utf8').trimEnd().split('\n');
  const names = header.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}

describe('the districts of Huancayo', () => {
  it('are 28, each with its own pair of six-digit codes', () => {
    expect(DISTRICTS).toHaveLength(28);
    expect(new Set(DISTRICTS.map((d) => d.code)).size).toBe(28);
    expect(new Set(DISTRICTS.map((d) => d.reniecCode)).size).toBe(28);
    for (const district of DISTRICTS) {
      expect(district.code).toMatch(/^1201\d\d$/);
      expect(district.reniecCode).toMatch(/^1101\d\d$/);
    }
  });

  it('mark the grouped poverty estimates, which no tie may be broken with', () => {
    expect(districtByCode('120108').povertyGrouped).toBe(true);
    expect(districtByCode('120101').povertyGrouped).toBe(false);
    expect(DISTRICTS.filter((d) => d.povertyTenths === 318).every((d) => d.povertyGrouped)).toBe(
      true,
    );
  });

  it('add up to the provincial population of 2025', () => {
    expect(DISTRICTS.reduce((sum, d) => sum + d.population, 0)).toBe(625_237);
  });

  it.skipIf(!existsSync(source))(
    'carry every figure of ../shared/data/huancayo/districts.tsv (skipped when that file is absent)',
    () => {
      const rows = sourceRows();
      expect(rows).toHaveLength(28);
      const expected = rows.map((row) => ({
        code: row['ubigeo_inei'],
        reniecCode: row['ubigeo_reniec'],
        name: row['distrito'],
        alias: row['alias'] === '' ? null : row['alias'],
        capitalCategory: row['capital_categoria']?.toLowerCase(),
        altitude: Number(row['altitud_m']),
        area: Number(row['area_km2']),
        population: Number(row['pob_2025_inei']),
        rural: Number(row['pct_rural_2023']),
        poverty: Number(row['pobreza_2018_pct']),
        extremePoverty: Number(row['pobreza_extrema_2013_pct']),
        hdi: Number(row['idh_2019']),
        foodVulnerability: Number(row['vulnerab_alimentaria']),
        latitude: Number(row['lat']),
        longitude: Number(row['lon']),
      }));
      expect(
        DISTRICTS.map((d) => ({
          code: d.code,
          reniecCode: d.reniecCode,
          name: d.name,
          alias: d.alias,
          capitalCategory: d.capitalCategory,
          altitude: d.altitudeDm / 10,
          area: d.areaHa / 100,
          population: d.population,
          rural: d.ruralTenths / 10,
          poverty: d.povertyTenths / 10,
          extremePoverty: d.extremePovertyTenths / 10,
          hdi: d.hdiMilli / 1000,
          foodVulnerability: d.foodVulnerabilityMilli / 1000,
          latitude: d.latitude,
          longitude: d.longitude,
        })),
      ).toEqual(expected);
    },
  );
});
