interface EarlySearch {
  words: string;
  hasFocus: boolean;
}

const KEPT_AFTER_BOX_MS = 10_000;
let early: EarlySearch | null = null;

/** Remembers what somebody types into a search box that the server has drawn, until the app draws the page again. */
export function rememberEarlySearch(root: HTMLElement): void {
  const remember = (): void => {
    const drawn = root.querySelectorAll<HTMLInputElement>('form[role=search] input');
    for (const input of root.hasAttribute('data-drawn') ? drawn : []) {
      const hasFocus = document.activeElement === input;
      if (input.value !== '' || hasFocus) early = { words: input.value, hasFocus };
    }
  };
  remember();
  root.addEventListener('input', remember);
}

/** What was typed then; nothing later. */
export function earlySearch(): EarlySearch | null {
  return early;
}

/** A box of the app has it now. A narrow page and a wide one have boxes of their own, which come one after another. */
export function takeOverEarlySearch(): void {
  setTimeout(forgetEarlySearch, KEPT_AFTER_BOX_MS);
}

/** Somebody has searched: what was typed before has had its effect. */
export function forgetEarlySearch(): void {
  early = null;
}
