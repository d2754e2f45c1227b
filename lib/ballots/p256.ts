import { bytesOf, inverseOf, residue } from './integers';

/**
 * The public point of a P-256 private scalar (FIPS 186-5, SEC 1 §2). Browsers import a private key
 * only together with its public half, and WebCrypto does not compute one: this does, once, on the
 * voter's own phone. Signing stays with WebCrypto.
 */

const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
/** Order of the group: private scalars are 1 … N − 1. */
export const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const GENERATOR: Point = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  z: 1n,
};

/** Jacobian: x/z², y/z³; z = 0 is the point at infinity. */
interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
}

const mod = (value: bigint): bigint => residue(value, P);

function double({ x, y, z }: Point): Point {
  if (z === 0n || y === 0n) return { x: 1n, y: 1n, z: 0n };
  const yy = mod(y * y);
  const s = mod(4n * x * yy);
  // a = −3: 3x² + a·z⁴ = 3(x − z²)(x + z²).
  const zz = z * z;
  const m = mod(3n * (x - zz) * (x + zz));
  const x3 = mod(m * m - 2n * s);
  return { x: x3, y: mod(m * (s - x3) - 8n * yy * yy), z: mod(2n * y * z) };
}

function add(a: Point, b: Point): Point {
  if (a.z === 0n) return b;
  if (b.z === 0n) return a;
  const azz = mod(a.z * a.z);
  const bzz = mod(b.z * b.z);
  const u1 = mod(a.x * bzz);
  const u2 = mod(b.x * azz);
  const s1 = mod(a.y * bzz * b.z);
  const s2 = mod(b.y * azz * a.z);
  if (u1 === u2) return s1 === s2 ? double(a) : { x: 1n, y: 1n, z: 0n };
  const h = mod(u2 - u1);
  const hh = mod(h * h);
  const hhh = mod(h * hh);
  const r = mod(s2 - s1);
  const v = mod(u1 * hh);
  const x = mod(r * r - hhh - 2n * v);
  return { x, y: mod(r * (v - x) - s1 * hhh), z: mod(a.z * b.z * h) };
}

/** Affine coordinates of scalar · G, 32 bytes each. Throws unless 1 ≤ scalar < N. */
export function p256Public(scalar: bigint): {
  readonly x: Uint8Array<ArrayBuffer>;
  readonly y: Uint8Array<ArrayBuffer>;
} {
  if (scalar < 1n || scalar >= P256_ORDER) throw new RangeError('Not a private scalar of P-256');
  let sum: Point = { x: 1n, y: 1n, z: 0n };
  for (const bit of scalar.toString(2)) {
    sum = double(sum);
    if (bit === '1') sum = add(sum, GENERATOR);
  }
  const inverse = inverseOf(sum.z, P) ?? 0n;
  const square = mod(inverse * inverse);
  return { x: bytesOf(mod(sum.x * square), 32), y: bytesOf(mod(sum.y * square * inverse), 32) };
}
