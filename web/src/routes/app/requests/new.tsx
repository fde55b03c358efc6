import { createFileRoute } from '@tanstack/react-router';

import type { EditorStep } from '@/features/requests/api/types';
import { NewRequest } from '@/features/requests/views/new-request';
import { TemplatePicker } from '@/features/templates/components/template-picker';
import { categoriesQuery } from '@/shared/categories/categories';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/app/requests/new')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(categoriesQuery);
    return loadWords('requests', 'templates', 'units', 'validation');
  },
  component: New,
});

function New() {
  const navigate = Route.useNavigate();
  const open = (requestId: string, step: EditorStep): void =>
    void navigate({
      to: '/app/requests/$requestId/edit',
      params: { requestId },
      search: { step },
      replace: true,
    });
  return (
    <NewRequest onCreated={open} templates={<TemplatePicker onUsed={(id) => open(id, 'what')} />} />
  );
}
