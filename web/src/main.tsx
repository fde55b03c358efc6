import './styles.css';

import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';

import { Providers } from '@/app/providers';
import { makeQueryClient, settled } from '@/app/query-client';
import { makeRouter } from '@/app/router';
import { Problem } from '@/shared/api/problem';
import { startValidation } from '@/shared/forms/validation';
import { followSystemTheme } from '@/shared/hooks/theme';
import { loadWords, startTranslation } from '@/shared/i18n/i18n';
import { rememberPaintedPictures } from '@/shared/ui/painted-pictures';
import { rememberEarlySearch } from '@/shared/ui/painted-search';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

const PATIENCE_MS = 4_000;

followSystemTheme();
startValidation();
/** What the server refused is told on the page; only our own defects belong in the console. */
function tellDefect(error: unknown): void {
  if (!(error instanceof Problem)) console.error(error);
}

const queryClient = makeQueryClient();
const router = makeRouter(queryClient);

/** What stands there already gives way when the page is whole, not to its skeleton. */
async function isReplaceable(drawn: HTMLElement): Promise<void> {
  await Promise.race([
    router.load().then(() => settled(queryClient)),
    new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)),
  ]);
  rememberPaintedPictures(drawn);
  rememberEarlySearch(drawn);
}

/** Says that what stands on the page is the app's: until then it is what the server has drawn. */
function Arrival(): null {
  useEffect(() => {
    root?.removeAttribute('data-drawn');
    // Visitors need the words of errors when nothing more can be fetched, and not before the page itself.
    const timer = setTimeout(() => void loadWords('problems').catch(tellDefect), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return null;
}

void startTranslation().then(async () => {
  if (root.hasChildNodes()) await isReplaceable(root);
  createRoot(root, { onCaughtError: tellDefect }).render(
    <StrictMode>
      <Providers queryClient={queryClient} router={router} />
      <Arrival />
    </StrictMode>,
  );
});
