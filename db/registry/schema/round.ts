import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns';
import { cycle, envelope } from './cycle';

export const ROUND_STATES = [
  'draft',
  'opening',
  'open',
  'closing',
  'closed',
  'tallying',
  'tallied',
  'published',
] as const;

/**
 * How somebody shows who they are: a code to the phone on the roll · a code in a printed letter · the
 * DNI itself at a desk · an identity provider.
 */
export const VERIFICATION_CHANNELS = ['sms', 'letter', 'desk', 'oidc'] as const;

/** A voting period. From the moment it opens, the manifest says everything and nothing changes. */
export const round = pgTable(
  'round',
  {
    /** pp2027-votacion: stands in URLs and in every ballot. */
    id: text('id').primaryKey(),
    cycleId: text('cycle_id')
      .notNull()
      .references(() => cycle.id),
    /** Short address of the assembly screen: /screen/HYO27. */
    screenCode: text('screen_code').notNull(),
    nameEs: text('name_es').notNull(),
    nameEn: text('name_en').notNull(),
    state: text('state', { enum: ROUND_STATES }).notNull(),
    opensAt: moment('opens_at').notNull(),
    closesAt: moment('closes_at').notNull(),
    /** The preliminary list can be asked and challenged from here on; null: no such calendar. */
    listsOpenAt: moment('lists_open_at'),
    /** Last moment for challenges and for asking to be put on the list. */
    challengesCloseAt: moment('challenges_close_at'),
    /** By when all of them are decided: the list is final. */
    finalAt: moment('final_at'),
    livePolicy: text('live_policy', { enum: ['at-close', 'live'] }).notNull(),
    /** Kept by a trigger once the round has left the draft. */
    channels: text('channels', { enum: VERIFICATION_CHANNELS })
      .array()
      .notNull()
      .default(['sms', 'desk']),
    /** k: the fewest ballots behind any published figure. */
    minGroup: integer('min_group').notNull().default(20),
    /** Revealed with the tally; the manifest carries its SHA-256. */
    lotSeed: text('lot_seed'),
    /** Salts the roll's commitments; drawn when the roll is frozen, never published. */
    rollSalt: bytes('roll_salt'),
    manifest: text('manifest'),
    manifestHash: text('manifest_hash'),
    /** What the last job on this round said, for the administrator. */
    jobNote: text('job_note'),
    jobProgress: integer('job_progress').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
    closedAt: moment('closed_at'),
    publishedAt: moment('published_at'),
    /** When the announced count was added to the public record. */
    announcedAt: moment('announced_at'),
    /** When everything that led from this round to a person was erased; counts stay. */
    anonymisedAt: moment('anonymised_at'),
  },
  (table) => [
    uniqueIndex('round_screen_code_unique').on(table.screenCode),
    index('round_by_cycle').on(table.cycleId),
    check(
      'round_channels_known',
      sql`${table.channels} <@ array['sms', 'letter', 'desk', 'oidc'] and cardinality(${table.channels}) > 0`,
    ),
    check('round_closes_after_opening', sql`${table.closesAt} > ${table.opensAt}`),
    check(
      'round_list_dates_in_order',
      sql`num_nonnulls(${table.listsOpenAt}, ${table.challengesCloseAt}, ${table.finalAt}) in (0, 3) and (${table.listsOpenAt} is null or (${table.listsOpenAt} < ${table.challengesCloseAt} and ${table.challengesCloseAt} < ${table.finalAt} and ${table.finalAt} <= ${table.opensAt}))`,
    ),
    check(
      'round_manifest_when_open',
      sql`${table.state} in ('draft', 'opening') or ${table.manifestHash} is not null`,
    ),
  ],
);

/** One question of a round: rank the plan's rows, or allocate an envelope among proposals. */
export const contest = pgTable(
  'contest',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    /** prioridades, fondo-provincia, fondo-120114 */
    id: text('id').notNull(),
    kind: text('kind', { enum: ['rank', 'allocate'] }).notNull(),
    position: integer('position').notNull(),
    envelopeId: text('envelope_id').references(() => envelope.id),
    /** The counting rule with its parameters, as lib/tally's Rule. */
    rule: jsonb('rule').$type<Record<string, unknown>>().notNull(),
    /** The most proposals that a ballot may mark; null for a ranking, and in rounds before 0031. */
    maxPicks: integer('max_picks'),
  },
  (table) => [
    primaryKey({ name: 'contest_pk', columns: [table.roundId, table.id] }),
    check(
      'contest_allocates_an_envelope',
      sql`(${table.kind} = 'allocate') = (${table.envelopeId} is not null)`,
    ),
    check(
      'contest_limits_picks_of_an_allocation',
      sql`${table.maxPicks} is null or (${table.kind} = 'allocate' and ${table.maxPicks} between 1 and 100)`,
    ),
  ],
);

/**
 * What is to stand in the public record of a round: written in the transaction of the act it tells,
 * sent by the worker, never changed. Minutes, audit heads, ballots keyed from paper, rights issued.
 */
export const roundNote = pgTable(
  'round_note',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    /** audit-head:2026-11-23, paper-minutes:<id> */
    id: text('id').notNull(),
    /** Exact JSON of a note of the record. */
    text: text('text').notNull(),
    /** When the ballot box had it; null until then. */
    sentAt: moment('sent_at'),
  },
  (table) => [
    primaryKey({ name: 'round_note_pk', columns: [table.roundId, table.id] }),
    index('round_note_unsent')
      .on(table.roundId)
      .where(sql`${table.sentAt} is null`),
  ],
);
