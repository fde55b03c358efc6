import './styles.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Providers } from '@/app/providers';
import { makeQueryClient } from '@/app/query-client';
import { makeRouter } from '@/app/router';
import { startValidation } from '@/shared/forms/validation';
import { followSystemTheme } from '@/shared/hooks/theme';
import { startTranslation } from '@/shared/i18n/i18n';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

followSystemTheme();
startValidation();
const queryClient = makeQueryClient();
const router = makeRouter(queryClient);

void startTranslation().then(() => {
  createRoot(root).render(
    <StrictMode>
      <Providers queryClient={queryClient} router={router} />
    </StrictMode>,
  );
});
