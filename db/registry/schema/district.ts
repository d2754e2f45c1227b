import { doublePrecision, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';

/** The districts of the province. Neither UBIGEO code is ever derived from the other. */
export const district = pgTable(
  'district',
  {
    /** UBIGEO of INEI. */
    code: text('code').primaryKey(),
    reniecCode: text('reniec_code').notNull(),
    name: text('name').notNull(),
    population: integer('population').notNull(),
    populationYear: integer('population_year').notNull(),
    /** Monetary poverty in tenths of a per cent; small districts share grouped estimates. */
    povertyTenths: integer('poverty_tenths').notNull(),
    povertyYear: integer('poverty_year').notNull(),
    /** Human development index in thousandths. */
    hdiMilli: integer('hdi_milli').notNull(),
    hdiYear: integer('hdi_year').notNull(),
    latitude: doublePrecision('latitude').notNull(),
    longitude: doublePrecision('longitude').notNull(),
    areaKm2: doublePrecision('area_km2').notNull(),
    altitudeM: doublePrecision('altitude_m').notNull(),
    source: text('source').notNull(),
  },
  (table) => [uniqueIndex('district_reniec_code_unique').on(table.reniecCode)],
);
