import { createFileRoute } from '@tanstack/react-router';

import { newestGoodsQuery } from '@/features/catalogue/api/queries';
import { HomeCategories, NewGoods } from '@/features/catalogue/views/home-parts';
import { latestBoardQuery } from '@/features/home/api/queries';
import { HomePage } from '@/features/home/views/home-page';
import { levelQuery } from '@/shared/categories/tree';
import { loadWords } from '@/shared/i18n/i18n';

export const Route = createFileRoute('/_public/')({
  loader: ({ context }) => {
    // Started here so that words, code and data travel together; the page itself waits for nothing but words.
    void context.queryClient.prefetchQuery(levelQuery(null));
    void context.queryClient.prefetchQuery(newestGoodsQuery);
    void context.queryClient.prefetchQuery(latestBoardQuery);
    return loadWords('home', 'catalogue', 'units');
  },
  component: Home,
});

function Home() {
  return <HomePage categories={<HomeCategories />} goods={<NewGoods />} />;
}
