import { randomUUID } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { DataTable } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { registry } from '@/db/registry/client';
import { lineFigures, turnById, turnsInCourse, turnsWaiting } from '@/lib/desk/queue-queries';
import { estimatedMinutes } from '@/lib/desk/rules';
import type { SearchParams } from '@/lib/shared/page-number';
import { isUuid, peoplePage, turnPage } from './addresses';
import { Key } from './key';
import { callTheNext } from './queue-actions';
import { slipOfTurn } from './slip-addresses';

const PER_PAGE = 25;

/** The button that calls; made anew with every page, so that a second press is no second call. */
export async function CallNext({ roundId }: { readonly roundId: string }) {
  const t = await getTranslations('desk.queue');
  return (
    <form action={callTheNext.bind(null, roundId)} className="mb-6">
      <input type="hidden" name="callKey" value={randomUUID()} />
      <Button accessKey="n">
        {t('callNext')}
        <Key letter="N" />
      </Button>
    </form>
  );
}

/** Who is called, who waits and for how long. */
export async function WaitingQueue({
  roundId,
  placeId,
  officerId,
  page,
}: {
  readonly roundId: string;
  readonly placeId: string;
  readonly officerId: string;
  readonly page: number;
}) {
  const db = registry();
  const line = { roundId, placeId };
  const [t, states, inCourse, { turns, total }, figures] = await Promise.all([
    getTranslations('desk.queue'),
    getTranslations('desk.turnState'),
    turnsInCourse(db, line),
    turnsWaiting(db, { ...line, page, perPage: PER_PAGE }),
    lineFigures(db, line),
  ]);
  const first = (page - 1) * PER_PAGE;
  const wait = (ahead: number) => t('minutes', { count: estimatedMinutes(ahead, figures) });
  const person = (digits: string | null) => t('dniEnds', { digits: digits ?? '' });
  return (
    <section id="cola" className="mb-10 min-w-0">
      <h2 className="mb-4 text-2xl">{t('title', { count: total })}</h2>
      <CallNext roundId={roundId} />
      {inCourse.length === 0 ? null : (
        <ul className="mb-4 space-y-1">
          {inCourse.map((turn) => (
            <li key={turn.id}>
              <a href={turnPage(turn.id)} className="font-semibold">
                {t('turn', { number: String(turn.number) })}
              </a>
              {': '}
              {states(turn.state)} · {person(turn.dniLastTwo)} ·{' '}
              {turn.calledBy === officerId ? t('you') : turn.calledByName}
            </li>
          ))}
        </ul>
      )}
      {turns.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <DataTable
          dense
          captionHidden
          caption={t('caption')}
          head={[t('head.turn'), t('head.person'), t('head.attention'), t('head.wait')]}
          rows={turns.map((turn, at) => [
            <a key="turn" href={turnPage(turn.id)}>
              {String(turn.number)}
            </a>,
            person(turn.dniLastTwo),
            turn.isPreferential ? (
              <Tag key="attention" tone="info">
                {t('preferential')}
              </Tag>
            ) : turn.timesCalled > 0 ? (
              t('calledBefore', { count: turn.timesCalled })
            ) : (
              ''
            ),
            wait(first + at),
          ])}
        />
      )}
      <Pagination
        page={page}
        pages={Math.max(1, Math.ceil(total / PER_PAGE))}
        href={(other) => peoplePage(roundId, undefined, { pagina: String(other) })}
      />
    </section>
  );
}

/** What the last form did, above the field for the next DNI. */
export async function QueueAnswer({
  roundId,
  query,
}: {
  readonly roundId: string;
  readonly query: SearchParams;
}) {
  const t = await getTranslations('desk.queue');
  const stub = query['talon'];
  if (typeof stub === 'string' && /^\d{1,5}$/.test(stub)) {
    return <Notice tone="success" role="status" title={t('paperGiven', { stub })} />;
  }
  const asked = query['turno'];
  const turn = isUuid(asked) ? await turnById(registry(), asked) : null;
  if (turn?.roundId !== roundId || turn.dniLastTwo === null) return null;
  return (
    <Notice
      tone="success"
      role="status"
      title={t('given', { number: String(turn.number), digits: turn.dniLastTwo })}
    >
      <p>
        {t('ahead', { count: turn.ahead, place: turn.placeName })}{' '}
        <a href={slipOfTurn(turn.id)} accessKey="i">
          {t('printTurn')}
          <Key letter="I" />
        </a>
      </p>
    </Notice>
  );
}
