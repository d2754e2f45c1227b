/**
 * The access key of a control, in sight: Alt and the letter (Alt and Shift in Firefox). Access keys
 * are the browser's own, so they work without JavaScript and never swallow what is typed.
 */
export function Key({ letter }: { readonly letter: string }) {
  return (
    <kbd
      aria-hidden="true"
      className="ml-1 rounded-sm border border-current px-1 font-sans text-xs leading-5 font-semibold whitespace-nowrap print:hidden"
    >
      Alt {letter}
    </kbd>
  );
}
