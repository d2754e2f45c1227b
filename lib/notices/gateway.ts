import type { GatewayConfig } from '@/lib/env';
import { atPath, escapeFor, fillTemplate } from './template';

export interface OutgoingSms {
  /** Ours; gateways give it back in their receipts. */
  readonly id: string;
  /** Nine digits of a Peruvian mobile. */
  readonly phone: string;
  readonly body: string;
}

export type SendOutcome =
  | { readonly taken: true; readonly ref: string | null }
  /** `problem` goes to the log: no number and no words of the message are in it. */
  | { readonly taken: false; readonly problem: string };

/** Who carries a message: a municipality's gateway, or the outbox of the demonstration. */
export interface SmsGateway {
  /** 0: no delivery receipts come. */
  readonly receiptSeconds: number;
  send(message: OutgoingSms): Promise<SendOutcome>;
}

const COUNTRY = '51';
/** An answer says yes or no; whatever is longer is not read. */
const LONGEST_ANSWER_BYTES = 64 * 1024;
const REF_CHARACTERS = 128;

/**
 * A gateway over HTTP. Its address is the operator's; nothing that people type reaches it but the
 * message, and a redirect is not followed.
 */
export function httpGateway(config: GatewayConfig): SmsGateway {
  const headers = new Headers(config.headers);
  const escape = escapeFor(headers.get('content-type') ?? '');
  return {
    receiptSeconds: config.receiptSeconds,
    async send({ id, phone, body }) {
      const values = {
        id,
        text: body,
        to: `+${COUNTRY}${phone}`,
        to_digits: `${COUNTRY}${phone}`,
        to_local: phone,
      };
      try {
        const response = await fetch(fillTemplate(config.url, values, encodeURIComponent), {
          method: config.method,
          headers,
          ...(config.method === 'GET' ? {} : { body: fillTemplate(config.body, values, escape) }),
          redirect: 'error',
          signal: AbortSignal.timeout(config.timeoutSeconds * 1000),
        });
        const text = await beginningOf(response);
        return judge(config, response.status, text);
      } catch (error) {
        const cause = error instanceof Error ? error.cause : undefined;
        const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
        const name = error instanceof Error ? error.name : 'Error';
        return { taken: false, problem: code === '' ? name : `${name} ${code}` };
      }
    },
  };
}

function judge(config: GatewayConfig, status: number, text: string): SendOutcome {
  if (status < 200 || status > 299) return { taken: false, problem: `status ${String(status)}` };
  const body = parsed(text);
  const [kind, rule] = splitAt(config.success, ':');
  if (kind === 'text' && !text.includes(rule)) return { taken: false, problem: 'other words' };
  if (kind === 'json') {
    const [path, wanted] = splitAt(rule, '=');
    if (atPath(body, path) !== wanted) return { taken: false, problem: `other ${path}` };
  }
  const ref = config.ref === '' ? null : atPath(body, config.ref);
  return { taken: true, ref: ref?.slice(0, REF_CHARACTERS) ?? null };
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function beginningOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (response.body !== null) {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > LONGEST_ANSWER_BYTES) break;
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}
