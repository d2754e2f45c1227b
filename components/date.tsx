import { useFormatter } from 'next-intl';

const LIMA = 'America/Lima';

/** A day of the calendar ("2026-02-03") or a moment, as the day it is in Lima: "3 de febrero de 2026". */
export function DateText({
  value,
  weekday = false,
}: {
  readonly value: Date | string;
  readonly weekday?: boolean;
}) {
  const format = useFormatter();
  const { moment, machine } = dayOf(value);
  return (
    <time dateTime={machine}>
      {format.dateTime(moment, {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        ...(weekday ? { weekday: 'long' as const } : {}),
        timeZone: LIMA,
      })}
    </time>
  );
}

/** A moment with its hour in Lima: "3 de febrero de 2026, 10:42". */
export function DateTime({ value }: { readonly value: Date | string }) {
  const format = useFormatter();
  const moment = new Date(value);
  return (
    <time dateTime={moment.toISOString()}>
      {format.dateTime(moment, {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hour12: false,
        timeZone: LIMA,
      })}
    </time>
  );
}

/** From one day to another, saying month and year once: "4 – 10 de diciembre de 2026". */
export function DateRange({ from, to }: { readonly from: string; readonly to: string }) {
  const format = useFormatter();
  return (
    <>
      {format.dateTimeRange(dayOf(from).moment, dayOf(to).moment, {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        timeZone: LIMA,
      })}
    </>
  );
}

function dayOf(value: Date | string): { moment: Date; machine: string } {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    // Noon in Lima (UTC−5 all year): the same day whatever the server's zone.
    return { moment: new Date(`${value}T17:00:00Z`), machine: value };
  }
  const moment = new Date(value);
  return { moment, machine: moment.toISOString() };
}
