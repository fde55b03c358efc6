/* global Redoc */
Redoc.init(
  '/api/openapi.json',
  {
    hideDownloadButtons: false,
    theme: { typography: { fontFamily: 'sans-serif', headings: { fontFamily: 'sans-serif' } } },
  },
  document.getElementById('reference'),
);
