import { randomUUID } from 'node:crypto';
import type { PageForm } from './forms';
import { multipart } from './forms';
import type { Answer, Request, Send } from './http';

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly html: string;
}

const MAX_REDIRECTS = 5;

/** A browser without JavaScript: cookies, forms and redirects, and a clock on its requests. */
export class Browser {
  /** Milliseconds spent waiting for answers so far. */
  spentMs = 0;
  private readonly cookies = new Map<string, string>();

  constructor(private readonly send: Send) {}

  has(cookie: string): boolean {
    return [...this.cookies.keys()].some((name) => name.replace(/^__Host-/, '') === cookie);
  }

  get(url: URL): Promise<Page> {
    return this.follow(url, {});
  }

  /** Sends the form as a click on its button would. */
  submit(page: Page, form: PageForm, fields: Readonly<Record<string, string>>): Promise<Page> {
    const { type, body } = multipart(
      [...form.hidden, ...Object.entries(fields)],
      `----minka${randomUUID()}`,
    );
    return this.follow(form.action === '' ? page.url : new URL(form.action, page.url), {
      method: 'POST',
      headers: { 'content-type': type, origin: page.url.origin, referer: page.url.href },
      body,
    });
  }

  postJson(url: URL, body: unknown): Promise<Answer> {
    return this.request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url.origin },
      body: JSON.stringify(body),
    });
  }

  private async follow(url: URL, request: Request): Promise<Page> {
    let at = url;
    let answer = await this.request(at, request);
    for (let hop = 0; hop < MAX_REDIRECTS && answer.headers.location !== undefined; hop += 1) {
      const to = new URL(answer.headers.location, at);
      // Another address was never checked for being this machine's own.
      if (to.hostname !== at.hostname) break;
      at = to;
      answer = await this.request(at, {});
    }
    return { url: at, status: answer.status, html: answer.text };
  }

  private async request(url: URL, request: Request): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const began = performance.now();
    const answer = await this.send(url, {
      ...request,
      headers: { accept: 'text/html', ...request.headers, ...(cookie === '' ? {} : { cookie }) },
    });
    this.spentMs += performance.now() - began;
    for (const line of answer.headers['set-cookie'] ?? []) this.keep(line);
    return answer;
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    const gone = attributes.some((one) => {
      const [key = '', value = ''] = one.split('=');
      if (/^\s*max-age\s*$/i.test(key)) return Number(value) <= 0;
      return /^\s*expires\s*$/i.test(key) && Date.parse(value) <= 0;
    });
    if (gone) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1).trim());
  }
}
