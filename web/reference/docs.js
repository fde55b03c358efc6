/* global SwaggerUIBundle */
// theme.js has decided; Swagger UI knows the dark theme by a class.
const { classList, dataset } = document.documentElement;
classList.toggle('dark-mode', dataset.theme === 'dark');

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
