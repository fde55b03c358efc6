import { createFileRoute } from '@tanstack/react-router';

import { latestBoardQuery } from '@/features/home/api/queries';
import { HomePage } from '@/features/home/views/home-page';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/_public/')({
  loader: ({ context }) => {
    // Started here so that words, code and data travel together; the page itself waits for nothing but words.
    void context.queryClient.prefetchQuery(latestBoardQuery);
    return loadWords('home');
  },
  component: HomePage,
});
