/** Unsigned integers of any size, big-endian, for the arithmetic that WebCrypto keeps to itself. */

export function integerOf(bytes: Uint8Array): bigint {
  let text = '0x0';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return BigInt(text);
}

/** Throws when the value does not fit in so many bytes. */
export function bytesOf(value: bigint, length: number): Uint8Array<ArrayBuffer> {
  const text = value.toString(16).padStart(length * 2, '0');
  if (value < 0n || text.length > length * 2) throw new RangeError('The integer does not fit');
  return Uint8Array.from({ length }, (_, at) =>
    Number.parseInt(text.slice(at * 2, at * 2 + 2), 16),
  );
}

/** The residue from 0 to modulus − 1, of negative values too. */
export function residue(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** base^exponent mod modulus, by squaring. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = residue(base, modulus);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The inverse, or null when the value shares a factor with the modulus (extended Euclid). */
export function inverseOf(value: bigint, modulus: bigint): bigint | null {
  let [previous, rest] = [residue(value, modulus), modulus];
  let [factor, next] = [1n, 0n];
  while (rest !== 0n) {
    const quotient = previous / rest;
    [previous, rest] = [rest, previous - quotient * rest];
    [factor, next] = [next, factor - quotient * next];
  }
  return previous === 1n ? residue(factor, modulus) : null;
}
