// Before the first paint: the theme chosen last time, or the system's.
(function () {
  var chosen = null;
  try { chosen = localStorage.getItem('greenbank.theme'); } catch (e) { /* private mode */ }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', dark);
})();
