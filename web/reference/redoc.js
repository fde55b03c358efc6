/* global Redoc */
Redoc.init(
  '/api/openapi.json',
  {
    theme: { typography: { fontFamily: 'sans-serif', headings: { fontFamily: 'sans-serif' } } },
  },
  document.getElementById('reference'),
);
