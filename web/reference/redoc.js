/* global Redoc */
// ReDoc draws all that it is given at once, and the whole of the document takes it a minute: it is given one area.
const EVERYTHING = '*';
const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

const choice = document.getElementById('area');
const response = await fetch('/api/openapi.json');
const api = await response.json();

function areasOf(operations) {
  return new Set(operations.flatMap(({ tags = [] }) => tags));
}

function operationsOf(item) {
  return METHODS.filter((method) => method in item).map((method) => item[method]);
}

function only(area) {
  const paths = Object.entries(api.paths).filter(([, item]) =>
    areasOf(operationsOf(item)).has(area),
  );
  return { ...api, paths: Object.fromEntries(paths) };
}

/** What the address asks for: an area, or that of the operation it links to in ReDoc's manner. */
function wanted(areas) {
  const asked = new URLSearchParams(location.search).get('area');
  if (asked === EVERYTHING || areas.includes(asked)) return asked;
  const [, linked] = /^#tag\/([^/]+)/.exec(location.hash) ?? [];
  return areas.find((area) => area.replaceAll(' ', '-') === linked) ?? areas[0];
}

const areas = [...areasOf(Object.values(api.paths).flatMap(operationsOf))].sort();
for (const area of areas) choice.add(new Option(area, area));
choice.add(new Option('everything (takes a minute)', EVERYTHING));
choice.value = wanted(areas);
choice.addEventListener('change', () => {
  location.assign(`?area=${encodeURIComponent(choice.value)}`);
});

Redoc.init(
  choice.value === EVERYTHING ? api : only(choice.value),
  {
    scrollYOffset: 'header',
    theme: { typography: { fontFamily: 'sans-serif', headings: { fontFamily: 'sans-serif' } } },
  },
  document.getElementById('reference'),
);
