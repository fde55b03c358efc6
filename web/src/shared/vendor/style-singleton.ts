/**
 * Stands in for the package `react-style-singleton`, which Radix's scroll lock uses.
 *
 * The original adds a `<style>` tag, and our content security policy (`style-src 'self'`) refuses
 * it: the page behind a dialog would scroll. A constructed stylesheet says the same and is allowed.
 */
import { useEffect } from 'react';

interface StyleSheetSingleton {
  add: (styles: string) => void;
  remove: () => void;
}

/** Returns a sheet that exists while at least one user has added it. */
export function stylesheetSingleton(): StyleSheetSingleton {
  let users = 0;
  let sheet: CSSStyleSheet | null = null;
  return {
    add(styles) {
      if (users === 0 && typeof document.adoptedStyleSheets !== 'undefined') {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(styles);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      }
      users += 1;
    },
    remove() {
      users -= 1;
      if (users > 0 || sheet === null) return;
      const removed = sheet;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== removed);
      sheet = null;
    },
  };
}

/** Returns a hook that keeps the given styles in the document while its component is mounted. */
export function styleHookSingleton(): (styles: string, isDynamic?: boolean) => void {
  const sheet = stylesheetSingleton();
  return function useStyleSheet(styles, isDynamic) {
    const changes = isDynamic === true ? styles : '';
    useEffect(() => {
      sheet.add(styles);
      return () => sheet.remove();
      // eslint-disable-next-line react-hooks/exhaustive-deps -- the original's contract: static unless dynamic
    }, [changes]);
  };
}

/** Returns a component that renders nothing and keeps its `styles` in the document. */
export function styleSingleton(): (props: { styles: string; dynamic?: boolean }) => null {
  const useStyleSheet = styleHookSingleton();
  return function StyleSheet({ styles, dynamic }) {
    useStyleSheet(styles, dynamic);
    return null;
  };
}
