import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { prerender } from 'react-dom/static.edge';

import { makeQueryClient } from '@/app/query-client';
import { makeRouter } from '@/app/router';

/** A router that stands at an address; what it reads waits for ever, except what `prepare` has put there. */
function routerAt(
  path: string,
  prepare: (client: QueryClient) => void = () => undefined,
): ReturnType<typeof makeRouter> {
  const queryClient = makeQueryClient();
  prepare(queryClient);
  const router = makeRouter(queryClient);
  router.update({
    ...router.options,
    history: createMemoryHistory({ initialEntries: [path] }),
    // It would be a script within the page, which the content security policy refuses.
    scrollRestoration: false,
  });
  return router;
}

/** The page at an address, as it stands in `#root`. */
export async function rendered(
  path: string,
  prepare?: (client: QueryClient) => void,
): Promise<string> {
  const router = routerAt(path, prepare);
  await router.load();
  const { prelude } = await prerender(
    <QueryClientProvider client={router.options.context.queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
    // Larger parts would be put into their place by a script.
    { progressiveChunkSize: Number.MAX_SAFE_INTEGER },
  );
  const html = (await new Response(prelude).text())
    // Marks for taking the page over: it is drawn anew instead.
    .replaceAll(/<!--.*?-->|<template[^>]*><\/template>/g, '')
    // The head is the server's.
    .replaceAll(/<title>.*?<\/title>|<link [^>]*>/g, '')
    // What only the app can answer waits for it: a choice made now would be lost. Links and the search box work.
    .replaceAll(/<(?:select|button|textarea|input(?![^>]* name="q"))\b/g, '$& inert');
  const refused = /<script|<style|\sstyle=/.exec(html);
  if (refused !== null)
    throw new Error(
      `${path} has ${html.slice(refused.index, refused.index + 200)}, which the policy refuses.`,
    );
  return html;
}
