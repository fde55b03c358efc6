// Runs before the first paint, so that nobody sees a flash of the other theme or the wrong language.
// It is a file of its own because the content security policy refuses inline scripts.
(function () {
  var root = document.documentElement;
  var preference = null;
  var language = null;
  try {
    preference = localStorage.getItem('karavan.theme');
    language = localStorage.getItem('karavan.language');
  } catch {
    // Storage may be forbidden; the system's theme is then the answer.
  }
  var dark =
    preference === 'dark' ||
    (preference !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  var colour = document.querySelector('meta[name="theme-color"]');
  if (colour) colour.setAttribute('content', dark ? '#15120e' : '#faf8f4');
  if (language) root.lang = language;
})();
