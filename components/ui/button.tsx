import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from 'react';

export type ButtonVariant = 'primary' | 'secondary' | 'danger' | 'quiet';
export type ButtonSize = 'normal' | 'small';

const SHAPE =
  'inline-flex items-center justify-center gap-2 rounded-md border-2 text-center leading-tight font-semibold no-underline disabled:cursor-not-allowed disabled:border-line-strong disabled:bg-surface disabled:text-ink-soft';

const SIZES: Readonly<Record<ButtonSize, string>> = {
  normal: 'min-h-12 px-5 py-2',
  // For the dense tables of officers, who work with a keyboard; still 24 px and more apart.
  small: 'min-h-9 px-3 py-1 text-sm',
};

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary: 'border-accent bg-accent text-white hover:border-accent-strong hover:bg-accent-strong',
  secondary: 'border-ink bg-white text-ink hover:bg-surface',
  danger: 'border-danger bg-white text-danger hover:bg-danger hover:text-white',
  quiet: 'border-transparent bg-transparent text-accent underline hover:bg-accent-soft',
};

function look(variant: ButtonVariant, size: ButtonSize, more: string | undefined): string {
  return [SHAPE, SIZES[size], VARIANTS[variant], more].filter(Boolean).join(' ');
}

interface Look {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
}

/** A button names its act with a verb. It is of type "submit" unless told otherwise. */
export function Button({
  variant = 'primary',
  size = 'normal',
  className,
  type = 'submit',
  ...rest
}: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button type={type} className={look(variant, size, className)} {...rest} />;
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function ButtonLink({
  variant = 'primary',
  size = 'normal',
  className,
  ...rest
}: Look & AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string }) {
  return <a className={look(variant, size, className)} {...rest} />;
}
