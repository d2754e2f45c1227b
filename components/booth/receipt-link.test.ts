import { expect, it } from 'vitest';
import { receiptAsked, receiptLink } from './receipt-link';

it('a receipt’s address tells servers nothing, and its page everything', () => {
  const link = new URL(receiptLink('https://minka.pe', 'pp2027-votacion', 'K7QM2V9DXA3T8'));
  expect(link.origin + link.pathname + link.search).toBe('https://minka.pe/comprobar');
  expect(receiptAsked(link.hash)).toEqual({ round: 'pp2027-votacion', code: 'K7QM2V9DXA3T8' });
});

it('a fragment without a code asks for nothing, and a long one is cut', () => {
  expect(receiptAsked('')).toBeNull();
  expect(receiptAsked('#inicio')).toBeNull();
  expect(receiptAsked(`#codigo=${'A'.repeat(500)}`)).toEqual({ round: '', code: 'A'.repeat(60) });
});
