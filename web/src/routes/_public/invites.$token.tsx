import { createFileRoute, redirect } from '@tanstack/react-router';

/** The address of an invitation in the plural, as the API has it, leads to the same page. */
export const Route = createFileRoute('/_public/invites/$token')({
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/invite/$token', params, replace: true });
  },
});
