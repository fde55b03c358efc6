/* global SwaggerUIBundle */
(function () {
  var preference = null;
  try {
    preference = localStorage.getItem('karavan.theme');
  } catch {
    // Storage may be forbidden; the system's theme is then the answer.
  }
  var dark =
    preference === 'dark' ||
    (preference !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark-mode', dark);

  SwaggerUIBundle({
    url: '/api/openapi.json',
    dom_id: '#reference',
    deepLinking: true,
    docExpansion: 'none',
    filter: true,
    defaultModelsExpandDepth: 0,
    // The default sends the address of the document to somebody else's server.
    validatorUrl: null,
  });
})();
