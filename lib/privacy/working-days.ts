/**
 * Terms in days are counted in working days: from the day after, without Saturdays, Sundays and
 * holidays (Texto Único Ordenado de la Ley N.° 27444, arts. 144 and 145). Days are calendar days of
 * Lima as `YYYY-MM-DD`; nothing here knows a clock or a time zone.
 */

/** Holidays of the whole country by month and day (Decreto Legislativo N.° 713, art. 6, as amended). */
const FIXED_HOLIDAYS = [
  '01-01', // Año Nuevo
  '05-01', // Día del Trabajo
  '06-07', // Batalla de Arica y Día de la Bandera (Ley N.° 31788)
  '06-29', // San Pedro y San Pablo
  '07-23', // Día de la Fuerza Aérea (Ley N.° 31822)
  '07-28', // Fiestas Patrias
  '07-29',
  '08-06', // Batalla de Junín (Ley N.° 31530)
  '08-30', // Santa Rosa de Lima
  '10-08', // Combate de Angamos
  '11-01', // Todos los Santos
  '12-08', // Inmaculada Concepción
  '12-09', // Batalla de Ayacucho (Ley N.° 31381)
  '12-25', // Navidad
] as const;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The day so many calendar days later (or, negative, earlier). */
export function plusDays(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at)) throw new RangeError(`Not a day: ${day}`);
  return new Date(at + days * DAY_MS).toISOString().slice(0, 10);
}

/** Easter Sunday of the Gregorian calendar: the computus of Meeus, Jones and Butcher. */
export function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Holidays of the whole country in a year; Thursday and Friday before Easter move with it. */
export function nationalHolidays(year: number): string[] {
  const easter = easterSunday(year);
  return [
    ...FIXED_HOLIDAYS.map((day) => `${String(year)}-${day}`),
    plusDays(easter, -3),
    plusDays(easter, -2),
  ].sort();
}

/**
 * Whether offices work on a day. `extra` are days of this region or decreed for this year, on which
 * the municipality does not work either.
 */
export function isWorkingDay(day: string, extra: ReadonlySet<string> = new Set()): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (weekday === 0 || weekday === 6 || extra.has(day)) return false;
  return !nationalHolidays(Number(day.slice(0, 4))).includes(day);
}

/** The last day of a term of so many working days that begins the day after `day`. */
export function addWorkingDays(
  day: string,
  days: number,
  extra: ReadonlySet<string> = new Set(),
): string {
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`Not a number of days: ${days}`);
  let at = day;
  for (let left = days; left > 0;) {
    at = plusDays(at, 1);
    if (isWorkingDay(at, extra)) left -= 1;
  }
  return at;
}

/** Working days after `from` up to and with `to`; 0 when `to` is not later. */
export function workingDaysBetween(
  from: string,
  to: string,
  extra: ReadonlySet<string> = new Set(),
): number {
  let days = 0;
  for (let at = plusDays(from, 1); at <= to; at = plusDays(at, 1)) {
    if (isWorkingDay(at, extra)) days += 1;
  }
  return days;
}
