/** The only place where the application reads the machine's clock; rules take the time as an argument. */
export function now(): Date {
  return new Date();
}
