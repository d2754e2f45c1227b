import { isIP } from 'node:net';
import { PEER_HEADER } from './peer';

/**
 * Whose request it is, as far as the network tells. The connection's own address is trusted; what
 * stands in X-Forwarded-For is believed for as many steps as we have proxies of our own in front,
 * and not for one more: the rest of it is whatever the client liked to write.
 */
export function clientAddress(headers: Headers, trustedProxies: number): string {
  const peer = headers.get(PEER_HEADER) ?? '';
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map((one) => one.trim());
  const chain = [...(trustedProxies === 0 ? [] : forwarded.filter((one) => one !== '')), peer];
  const address = chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? '';
  return addressKey(address);
}

/**
 * What a budget counts: an IPv4 address, or the /64 of an IPv6 address, which is one connection with
 * more addresses than anybody could block. What is no address counts as one stranger.
 */
export function addressKey(address: string): string {
  const bare = address.replace(/^\[|\](:\d+)?$/g, '').replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped !== undefined && isIP(mapped) === 4) return mapped;
  const withoutPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(bare)?.[1] ?? bare;
  if (isIP(withoutPort) === 4) return withoutPort;
  if (isIP(bare) !== 6) return 'unknown';
  return `${firstGroups(bare).join(':')}::/64`;
}

const GROUPS = 8;
const NETWORK_GROUPS = 4;

/** The first four groups of a valid IPv6 address, written out. */
function firstGroups(address: string): string[] {
  const [before = '', after] = address.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  // An IPv4 address at the end stands for two groups.
  const length = (groups: readonly string[]) =>
    groups.reduce((sum, group) => sum + (group.includes('.') ? 2 : 1), 0);
  const zeros = after === undefined ? 0 : GROUPS - length(head) - length(tail);
  return [...head, ...Array.from({ length: zeros }, () => '0'), ...tail]
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16));
}
