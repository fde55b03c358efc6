interface EarlySearch {
  words: string;
  hasFocus: boolean;
}

let early: EarlySearch | null = null;

/** Remembers what somebody has typed into a search box before the app draws the same page again. */
export function rememberEarlySearch(root: HTMLElement): void {
  for (const input of root.querySelectorAll<HTMLInputElement>('form[role=search] input')) {
    const hasFocus = document.activeElement === input;
    if (input.value !== '' || hasFocus) early = { words: input.value, hasFocus };
  }
}

/** What was typed then, until a box of the app has it; nothing later. */
export function earlySearch(): EarlySearch | null {
  return early;
}

/** The app's boxes have taken it over. */
export function forgetEarlySearch(): void {
  early = null;
}
