import './styles.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Providers } from '@/app/providers';
import { makeQueryClient } from '@/app/query-client';
import { makeRouter } from '@/app/router';
import { Problem } from '@/shared/api/problem';
import { startValidation } from '@/shared/forms/validation';
import { followSystemTheme } from '@/shared/hooks/theme';
import { startTranslation } from '@/shared/i18n/i18n';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

followSystemTheme();
startValidation();
/** What the server refused is told on the page; only our own defects belong in the console. */
function tellDefect(error: unknown): void {
  if (!(error instanceof Problem)) console.error(error);
}

const queryClient = makeQueryClient();
const router = makeRouter(queryClient);

void startTranslation().then(() => {
  createRoot(root, { onCaughtError: tellDefect }).render(
    <StrictMode>
      <Providers queryClient={queryClient} router={router} />
    </StrictMode>,
  );
});
