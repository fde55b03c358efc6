import type { RefObject } from 'react';
import { useEffect } from 'react';

/**
 * Keeps what is chosen in a strip that scrolls sideways in sight, without moving the page.
 *
 * @param strip - the element that scrolls
 * @param selector - what finds the chosen one in it
 * @param chosen - changes whenever another one is chosen
 */
export function useChosenInSight(
  strip: RefObject<HTMLElement | null>,
  selector: string,
  chosen: unknown,
): void {
  useEffect(() => {
    const holder = strip.current;
    const one = holder?.querySelector<HTMLElement>(selector);
    if (holder == null || one == null || holder.scrollWidth <= holder.clientWidth) return;
    const left = one.getBoundingClientRect().left - holder.getBoundingClientRect().left;
    holder.scrollLeft += left - (holder.clientWidth - one.offsetWidth) / 2;
  }, [strip, selector, chosen]);
}
