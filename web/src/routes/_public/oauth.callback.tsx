import { createFileRoute } from '@tanstack/react-router';
import * as z from 'zod';

import { OAuthLanding } from '@/features/identity/views/oauth-landing';
import { loadWords } from '@/shared/i18n/i18n';

const searchSchema = z.object({
  token: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  next: z.string().optional().catch(undefined),
});

export const Route = createFileRoute('/_public/oauth/callback')({
  validateSearch: searchSchema,
  loader: () => loadWords('auth', 'validation', 'problems'),
  component: Landing,
});

function Landing() {
  const { token, error, next } = Route.useSearch();
  return <OAuthLanding token={token} error={error} next={next} />;
}
