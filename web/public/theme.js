// Sets theme and language on the document before the first paint, so that nothing flashes; the app
// that a browser installs is called by its name in that language.
// Themes are `light` and `dark`; without a choice the system's is taken.
(() => {
  const root = document.documentElement
  let theme = 'system'
  let language = navigator.language
  try {
    theme = localStorage.getItem('tenon.theme') || theme
    language = localStorage.getItem('tenon.language') || language
  } catch {
    // Storage is forbidden here: the defaults do.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = theme === 'system' ? (dark ? 'dark' : 'light') : theme
  root.lang = language.startsWith('zh') ? 'zh-CN' : 'en'
  if (root.lang === 'zh-CN') {
    document.querySelector('link[rel="manifest"]').href = '/manifest.zh-CN.webmanifest'
  }
})()
