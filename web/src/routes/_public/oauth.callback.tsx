import { createFileRoute } from '@tanstack/react-router';

import { OAuthLanding } from '@/features/identity/views/oauth-landing';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/_public/oauth/callback')({
  loader: () => loadWords('auth', 'validation', 'problems'),
  component: OAuthLanding,
});
