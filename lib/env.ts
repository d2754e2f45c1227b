import { z } from 'zod';

/**
 * The environment of each process, parsed once when it starts. A wrong value stops the process
 * with one sentence per variable; nothing else in the code reads process.env.
 */

const url = z.url();
const secret = z.string().min(32, 'needs at least 32 characters');
const port = z.coerce.number().int().min(1).max(65535);
/** `id:key id:key …`, each key 32 bytes in base64url: what lib/roll/person-crypto reads. */
const keyRing = z
  .string()
  .default('')
  .refine(
    (text) =>
      text
        .split(/\s+/)
        .every((entry) => entry === '' || /^[a-z0-9-]{1,16}:[A-Za-z0-9_-]{43}$/.test(entry)),
    'is not a list of id:key',
  );
/** Where uploaded rolls wait, sealed: the web writes there and the worker reads. */
const uploads = z.string().min(1).default('uploads');
const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');

/** Opening, closing early, publishing and printing letters take two people unless there is but one. */
const twoPeople = z
  .enum(['0', '1'])
  .default('1')
  .transform((value) => value === '1');

/** `name+key`, as a witness prints it: the key is base64url of the 32 bytes of an Ed25519 key. */
const witness = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}\+[A-Za-z0-9_-]{43}$/, 'is not name+key')
  .transform((value) => {
    const at = value.indexOf('+');
    return { name: value.slice(0, at), key: value.slice(at + 1) };
  });

/** An empty text is a variable that was not given. */
const whole = (least: number, most: number, otherwise: number) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? otherwise : value),
    z.coerce.number().int().min(least).max(most),
  );

const text = z.string().default('');

/** Over the network only with TLS; a gateway's own agent may listen on this machine. */
const operatorUrl = z.url().refine((value) => {
  const { protocol, hostname } = new URL(value.replaceAll(/\{\{\w+\}\}/g, 'x'));
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}, 'needs https');

/** An SMS gateway over HTTP, as its operator describes it. */
const gateway = z.strictObject({
  url: operatorUrl,
  method: z.enum(['POST', 'PUT', 'GET']).default('POST'),
  /** The gateway's key goes here. */
  headers: z.record(z.string(), z.string()).default({}),
  /** With {{to}} {{to_digits}} {{to_local}} {{text}} {{id}}, like the address. */
  body: z.string().default(''),
  /** What it answers when it took the message: status | text:WORDS | json:path=value */
  success: z
    .string()
    .regex(/^(status|text:.+|json:[\w.]+=.*)$/, 'is not status, text:… or json:path=value')
    .default('status'),
  /** Where its answer says its own name of the message: a path in its JSON. */
  ref: z
    .string()
    .regex(/^[\w.]*$/)
    .default(''),
  timeoutSeconds: z.number().int().min(1).max(60).default(10),
  /** How long to wait for a delivery receipt before the other gateway takes over; 0: none come. */
  receiptSeconds: z.number().int().min(0).max(540).default(0),
});

export type GatewayConfig = z.output<typeof gateway>;

/** JSON: one gateway, or two of which the second takes over when the first fails. */
const gateways = z
  .string()
  .default('')
  .transform((value, context) => {
    if (value === '') return [];
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.array(gateway).max(2))
  .refine(
    (all) => all.every(({ url: to, body }) => /\{\{to(_digits|_local)?\}\}/.test(to + body)),
    'says nowhere {{to}}',
  )
  .refine(
    (all) => all.every(({ url: to, body }) => (to + body).includes('{{text}}')),
    'says nowhere {{text}}',
  );

/** Days after publication in which results can be challenged; then a round becomes anonymous. */
const challengeDays = whole(15, 730, 60);

/** Days on which this municipality does not work, besides the country's holidays. */
const extraHolidays = z
  .string()
  .default('')
  .transform((value) => value.split(/[\s,]+/).filter((day) => day !== ''))
  .pipe(z.array(z.iso.date()));

const webShape = z.object({
  DATABASE_URL: url,
  MINKA_SITE_URL: url,
  MINKA_BALLOT_BOX_URL: url,
  MINKA_SESSION_SECRET: secret,
  MINKA_DNI_KEY: secret,
  MINKA_ROLL_KEY: secret,
  MINKA_PERSON_KEYS: keyRing,
  MINKA_UPLOADS_DIR: uploads,
  MINKA_ISSUER_SOCKET: z.string().min(1),
  MINKA_DEMO: flag,
  MINKA_TWO_PEOPLE: twoPeople,
  /** How many proxies of ours stand in front; only so much of X-Forwarded-For is believed. */
  MINKA_TRUSTED_PROXIES: whole(0, 5, 0),
  /** Multiplies the budgets that many people share: a demonstration on one connection, a carrier. */
  MINKA_LIMIT_FACTOR: whole(1, 1000, 1),
  /** Part of the address gateways send their receipts to, or key of their signature; empty: none. */
  MINKA_SMS_RECEIPT_SECRET: z.union([z.literal(''), secret]).default(''),
  /** The identity provider that knows residents; without an issuer there is none. */
  MINKA_VOTER_OIDC_ISSUER: z.union([z.literal(''), url]).default(''),
  MINKA_VOTER_OIDC_CLIENT_ID: text,
  MINKA_VOTER_OIDC_CLIENT_SECRET: text,
  MINKA_VOTER_OIDC_SCOPE: text,
  /** Which claim holds the eight digits. */
  MINKA_VOTER_OIDC_DNI_CLAIM: text,
  /** As its button says it: ID Perú. */
  MINKA_VOTER_OIDC_NAME: text,
  /** The municipality's own identity provider for staff; without an issuer there is none. */
  MINKA_STAFF_OIDC_ISSUER: z.union([z.literal(''), url]).default(''),
  MINKA_STAFF_OIDC_CLIENT_ID: text,
  MINKA_STAFF_OIDC_CLIENT_SECRET: text,
  /** Whom people write to about their data; empty: the desk and the telephone. */
  MINKA_PRIVACY_CONTACT: z.string().max(200).default(''),
  /** Number of the data banks in the national register. */
  MINKA_PRIVACY_REGISTRATION: z.string().max(100).default(''),
  MINKA_EXTRA_HOLIDAYS: extraHolidays,
  MINKA_RESULT_CHALLENGE_DAYS: challengeDays,
  MINKA_VERSION: z.string().default('dev'),
});

/** Peruvian mobiles, separated by spaces. */
const phones = z
  .string()
  .default('')
  .transform((value) => value.split(/\s+/).filter((one) => one !== ''))
  .pipe(z.array(z.string().regex(/^9\d{8}$/, 'is not nine digits that begin with 9')).max(5));

const workerShape = z.object({
  DATABASE_URL: url,
  MINKA_BALLOT_BOX_URL: url,
  MINKA_ISSUER_SOCKET: z.string().min(1),
  /** Folder that only the worker's user may read: issuer keys and the order key. */
  MINKA_KEYS_DIR: z.string().min(1),
  /** The roll is imported, sealed again and erased here. */
  MINKA_DNI_KEY: secret,
  MINKA_ROLL_KEY: secret,
  MINKA_PERSON_KEYS: keyRing,
  MINKA_UPLOADS_DIR: uploads,
  /** Who carries the messages; none: they wait in the outbox of the demonstration. */
  MINKA_SMS_GATEWAYS: gateways,
  MINKA_LIMIT_FACTOR: whole(1, 1000, 1),
  /** How long people who are on no roll any more are kept. */
  MINKA_ROLL_RETENTION_MONTHS: z.coerce.number().int().min(1).max(120).default(12),
  /** Whose vote it is, as the manifests say it. */
  MINKA_MUNICIPALITY: z.string().min(1).default('Huancayo'),
  /** Outsiders who watch the record, separated by spaces; they stand in every manifest. */
  MINKA_WITNESSES: z
    .string()
    .default('')
    .transform((value) => value.split(/\s+/).filter((one) => one !== ''))
    .pipe(z.array(witness)),
  MINKA_RESULT_CHALLENGE_DAYS: challengeDays,
  /** Who gets a message when figures of a vote do not agree: name two people. */
  MINKA_ALARM_PHONES: phones,
  MINKA_VERSION: z.string().default('dev'),
});

const ballotBoxShape = z.object({
  BALLOT_BOX_DATABASE_URL: url,
  BALLOT_BOX_PORT: port,
  MINKA_SITE_URL: url,
  /** PEM file with the Ed25519 key that signs promises and checkpoints. */
  MINKA_RECORD_KEY_FILE: z.string().min(1),
  /** Base64url SPKI of the Ed25519 key whose orders (open, close) the box obeys. */
  MINKA_ORDER_PUBLIC_KEY: z.string().min(40),
  /** Folder outside the database, kept apart from its copies: what was published stands here too. */
  MINKA_BOX_STATE_DIR: z.string().min(1),
  MINKA_VERSION: z.string().default('dev'),
});

const operatorShape = z.object({ DATABASE_URL: url, MINKA_TWO_PEOPLE: twoPeople });

/** For commands of the operator that say who somebody on the roll is. */
const rollOperatorShape = z.object({
  DATABASE_URL: url,
  MINKA_ROLL_KEY: secret,
  MINKA_PERSON_KEYS: keyRing,
});

function parse<Shape extends z.ZodType>(shape: Shape): z.output<Shape> {
  const parsed = shape.safeParse(process.env);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not complete:\n${lines.join('\n')}`);
}

function once<T>(read: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= read());
}

export const webEnv = once(() => parse(webShape));
export const workerEnv = once(() => parse(workerShape));
export const ballotBoxEnv = once(() => parse(ballotBoxShape));
/** For commands of the operator, which need the registry and nothing else. */
export const operatorEnv = once(() => parse(operatorShape));
export const rollOperatorEnv = once(() => parse(rollOperatorShape));
