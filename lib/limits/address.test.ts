import { describe, expect, it } from 'vitest';
import { addressKey, clientAddress } from './address';
import { PEER_HEADER } from './peer';

const from = (peer: string, forwarded?: string) =>
  new Headers({
    [PEER_HEADER]: peer,
    ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
  });

describe('whose request it is', () => {
  it('without a proxy of ours, nothing that a client writes counts', () => {
    expect(clientAddress(from('198.51.100.7', '203.0.113.9'), 0)).toBe('198.51.100.7');
    expect(clientAddress(from('198.51.100.7', '203.0.113.9, 10.0.0.1'), 0)).toBe('198.51.100.7');
  });

  it('behind one proxy it is what the proxy added, and never what stood there before', () => {
    expect(clientAddress(from('10.0.0.1', '203.0.113.9'), 1)).toBe('203.0.113.9');
    expect(clientAddress(from('10.0.0.1', '1.1.1.1, 2.2.2.2, 203.0.113.9'), 1)).toBe('203.0.113.9');
  });

  it('behind two it is the last but one', () => {
    expect(clientAddress(from('10.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.2'), 2)).toBe(
      '203.0.113.9',
    );
  });

  it('with fewer steps than proxies it is the first there is', () => {
    expect(clientAddress(from('10.0.0.1'), 2)).toBe('10.0.0.1');
  });
});

describe('what a budget counts', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:4711', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
    ['[2001:DB8:0001:2::1]:443', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['not an address', 'unknown'],
    ['', 'unknown'],
    ['203.0.113.9, evil', 'unknown'],
  ])('of %j is %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
