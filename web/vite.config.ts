import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

import tailwindcss from '@tailwindcss/vite';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { minify, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

/**
 * Removes sonner's style tag injection, which the content security policy refuses.
 *
 * The same rules arrive through the stylesheet that sonner publishes (imported by the toaster).
 */
function sonnerWithoutStyleTag(): Plugin {
  return {
    name: 'sonner-without-style-tag',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/sonner/dist/index.mjs')) return null;
      const stripped = code.replace(/^__insertCSS\(".*"\);?$/m, '');
      if (stripped === code)
        this.error('sonner no longer calls __insertCSS: check how it adds its styles.');
      return { code: stripped, map: null };
    },
  };
}

/** Titles and descriptions of public pages, for the server: searchers read them without running a script. */
function pageHeads(): Plugin {
  return {
    name: 'page-heads',
    generateBundle() {
      const heads = Object.fromEntries(
        ['en', 'ru', 'kk'].map((locale) => {
          const words = (name: string): Record<string, string> =>
            JSON.parse(readFileSync(source(`locales/${locale}/${name}.json`), 'utf8'));
          const [home, board, auth, legal, catalogue] = [
            'home',
            'board',
            'auth',
            'legal',
            'catalogue',
          ].map(words);
          return [
            locale,
            {
              '/': [home?.['title'], home?.['hero_text']],
              '/catalogue': [catalogue?.['title'], catalogue?.['text']],
              '/search': [catalogue?.['search_title'], catalogue?.['search_text']],
              '/requests': [board?.['title'], board?.['text']],
              '/sign-in': [auth?.['sign_in'], auth?.['text']],
              '/legal/terms': [legal?.['terms'], legal?.['terms_text']],
              '/legal/privacy': [legal?.['privacy'], legal?.['privacy_text']],
            },
          ];
        }),
      );
      this.emitFile({ type: 'asset', fileName: 'heads.json', source: JSON.stringify(heads) });
    },
  };
}

/** The built page names the app's scripts, so that they come, and leaves their start to `public/start.js`. */
function startWhenPainted(): Plugin {
  return {
    name: 'start-when-painted',
    apply: 'build',
    async writeBundle({ dir = 'dist' }) {
      const path = `${dir}/start.js`;
      const { code } = await minify('start.js', readFileSync(path, 'utf8'), { module: true });
      writeFileSync(path, code);
    },
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const [found, source] =
          /<script type="module" crossorigin src="([^"]+)"><\/script>/.exec(html) ?? [];
        if (found === undefined) throw new Error('The page starts no app: has its form changed?');
        return (
          html
            .replace(new RegExp(`\\s*<link rel="modulepreload"[^>]*href="${source}">`), '')
            .replace(
              found,
              `<link rel="modulepreload" crossorigin href="${source}" data-app>\n    <script type="module" src="/start.js"></script>`,
            )
            // Fetched beside the first pictures, read after them: modules would be compiled before anything is painted.
            .replaceAll('rel="modulepreload"', 'rel="preload" as="script" fetchpriority="low"')
        );
      },
    },
  };
}

/** The two readings of the API document, with the packages that draw them: no page of ours asks another host. */
function apiReference(): Plugin {
  const own = fileURLToPath(new URL('./reference/', import.meta.url));
  const packages = fileURLToPath(new URL('./node_modules/', import.meta.url));
  const drawn = [
    'swagger-ui-dist/swagger-ui-bundle.js',
    'swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt',
    'swagger-ui-dist/swagger-ui.css',
    'redoc/bundles/redoc.standalone.js',
    'redoc/bundles/redoc.standalone.js.LICENSE.txt',
  ];
  // The picture beside ReDoc's own name would come from its makers' host.
  const foreignPicture = 'https://cdn.redoc.ly/redoc/logo-mini.svg';
  const noPicture = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";
  return {
    name: 'api-reference',
    generateBundle() {
      const paths = [
        ...readdirSync(own).map((name) => own + name),
        ...drawn.map((name) => packages + name),
      ];
      for (const path of paths) {
        const source = readFileSync(path, 'utf8').replaceAll(foreignPicture, noPicture);
        if (/https?:\/\/cdn\./.test(source)) this.error(`${path} asks another host for something.`);
        this.emitFile({ type: 'asset', fileName: `reference/${basename(path)}`, source });
      }
    },
  };
}

export default defineConfig({
  plugins: [
    tanstackRouter({
      // A page's loader travels with its component: what a page reads is no business of the first load.
      codeSplittingOptions: {
        defaultBehavior: [
          ['loader', 'component'],
          ['pendingComponent'],
          ['errorComponent'],
          ['notFoundComponent'],
        ],
      },
    }),
    sonnerWithoutStyleTag(),
    pageHeads(),
    startWhenPainted(),
    apiReference(),
    react(),
    tailwindcss(),
  ],
  resolve: {
    alias: {
      '@': source(''),
      'react-style-singleton': source('shared/vendor/style-singleton.ts'),
    },
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    // Fonts and pictures stay files: a data: URL would grow the first stylesheet for everybody.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // What every page has loaded already need not be listed beside each of its parts.
      resolveDependencies: (_file, files, { hostType }) =>
        hostType === 'html'
          ? files
          : files.filter(
              (file) =>
                !/\/(framework|base|icons|searches|rolldown-runtime|schemas|preload-helper|provider|languages|words-[a-z]{2})-/.test(
                  file,
                ),
            ),
    },
    reportCompressedSize: false,
    // Read by scripts/check-weight.mjs.
    manifest: true,
    rolldownOptions: {
      output: {
        // Few files instead of dozens of crumbs: they compress better, and what seldom changes stays cached.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: 'framework',
              test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack\/(react-router|router-core|history|react-store|store|react-query|query-core)|i18next|react-i18next|html-parse-stringify|openapi-fetch|clsx)\//,
              priority: 3,
            },
            {
              name: 'icons',
              test: /node_modules\/lucide-react\//,
              minShareCount: 12,
              priority: 2,
            },
            {
              // What the addresses of all pages may carry comes with the first load: one file instead of crumbs.
              name: 'searches',
              test: /src\/features\/[^/]+\/(model\/([a-z]+-)?search|api\/types)\.ts|src\/shared\/ui\/data-table\/search\.ts/,
              priority: 2,
            },
            {
              // The words that every page begins with.
              debugName: 'words',
              name: (id) => `words-${/locales\/([a-z]+)\//.exec(id)?.[1] ?? ''}`,
              test: /src\/locales\/[a-z]+\/(app|common|ui)\.json/,
              priority: 2,
            },
            {
              // What every list of goods is made of.
              name: 'goods',
              test: /src\/features\/(catalogue\/(components\/(goods-grid|price-range|product-card|results|stars)|model\/(goods|quantity)|api\/queries)|search\/api\/queries|sellers\/api\/queries)\.|src\/shared\/(units\/|goods\/barcode\.|categories\/(attribute-units|tree)\.|ui\/(picture|picture-sources|data-table\/pagination)\.)|lucide-react\/dist\/esm\/icons\/(folder-tree|package|package-open|paperclip|search-x|shopping-cart|sliders-horizontal|star|store|truck)\./,
              priority: 2,
            },
            {
              // The box above every public page.
              name: 'search-box',
              test: /src\/app\/shells\/(header-search|search-target)\.|src\/features\/search\/components\/search-box\./,
              priority: 2,
            },
            {
              // Who sells, and how one stands with them: beside a product and above a seller's goods.
              name: 'seller',
              test: /src\/features\/sellers\/components\/seller-card\.|src\/routes\/-goods\/standing\.|lucide-react\/dist\/esm\/icons\/handshake\./,
              priority: 2,
            },
            {
              name: 'controls',
              test: /src\/shared\/ui\/(banner|choice|field|input)\./,
              priority: 2,
            },
            {
              name: 'base',
              test: /src\/shared\/((api|dates|hooks|money|session)\/|realtime\/(provider|topics)\.|i18n\/(?!workspace-words))|src\/shared\/ui\/(awaiting|badge|button|classes|icon-button|link|page|states|status-tones|toast|tooltip|values)\.|lucide-react\/dist\/esm\/icons\/languages\.|@radix-ui\/react-(slot|compose-refs)\//,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  optimizeDeps: { exclude: ['sonner'] },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env['KARAVAN_API'] ?? 'http://127.0.0.1:8000' } },
  },
  test: {
    environment: 'jsdom',
    // Styles are left out of tests, except the tokens, whose contrast is measured.
    css: { include: /tokens\.css/ },
    // One browser document for each worker instead of each file: most of the time went into making them.
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/shared/testing/setup.ts'],
    restoreMocks: true,
  },
});
