import { useSyncExternalStore } from 'react';

export const THEME_PREFERENCES = ['system', 'light', 'dark'] as const;
export type ThemePreference = (typeof THEME_PREFERENCES)[number];

const STORAGE_KEY = 'karavan.theme';
const BROWSER_BAR_COLOUR = { light: '#faf8f4', dark: '#15120e' } as const;
const listeners = new Set<() => void>();
const systemDark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');

/** Says whether a string is a theme preference. */
export function isThemePreference(value: unknown): value is ThemePreference {
  return THEME_PREFERENCES.some((preference) => preference === value);
}

/** Returns the preference on this device; the system's where none was chosen. */
export function themePreference(): ThemePreference {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return isThemePreference(stored) ? stored : 'system';
  } catch {
    return 'system';
  }
}

/** Chooses a theme for this device and shows it at once. */
export function setThemePreference(preference: ThemePreference): void {
  try {
    localStorage.setItem(STORAGE_KEY, preference);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  show(preference);
  listeners.forEach((listener) => listener());
}

/** Follows the system's theme while nothing else is chosen. Call once at the start. */
export function followSystemTheme(): void {
  systemDark?.addEventListener('change', () => {
    if (themePreference() === 'system') show('system');
  });
}

/** Returns the preference and the function that changes it. */
export function useThemePreference(): [ThemePreference, (preference: ThemePreference) => void] {
  const preference = useSyncExternalStore(subscribe, themePreference, systemTheme);
  return [preference, setThemePreference];
}

function show(preference: ThemePreference): void {
  const dark = preference === 'dark' || (preference === 'system' && (systemDark?.matches ?? false));
  const theme = dark ? 'dark' : 'light';
  document.documentElement.dataset['theme'] = theme;
  document
    .querySelector('meta[name="theme-color"]')
    ?.setAttribute('content', BROWSER_BAR_COLOUR[theme]);
}

/** What the build draws for everybody. */
const systemTheme = (): ThemePreference => 'system';

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
