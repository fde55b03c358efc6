import { createFileRoute, redirect } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { OFFERED_ROLES, SIGN_IN_TABS } from '@/features/identity/model/tabs';
import { SignInPage } from '@/features/identity/views/sign-in-page';
import { loadWords } from '@/shared/i18n/i18n';
import { safeNext } from '@/shared/session/next';
import { sessionQuery } from '@/shared/session/session';

const searchSchema = z.object({
  tab: z.catch(z.optional(z.enum(SIGN_IN_TABS)), undefined),
  next: z.catch(z.optional(z.string()), undefined),
  role: z.catch(z.optional(z.enum(OFFERED_ROLES)), undefined),
});

export const Route = createFileRoute('/_public/sign-in')({
  validateSearch: searchSchema,
  beforeLoad: async ({ context, search }) => {
    // A server that cannot be reached must not keep people from the form.
    const session = await context.queryClient.ensureQueryData(sessionQuery).catch(() => null);

    if (session !== null) throw redirect({ href: safeNext(search.next) });
  },
  loader: () => loadWords('auth', 'validation'),
  component: SignIn,
});

function SignIn() {
  const { tab, next, role } = Route.useSearch();
  return <SignInPage tab={tab ?? 'sign-in'} next={next} role={role} />;
}
