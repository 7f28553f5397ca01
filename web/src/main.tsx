// Starts the UI: texts, theme, the client, then the first render.

import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { preferredLanguage, setLanguage } from './i18n'
import { startInstall } from './model/install'
import { startTheme } from './model/theme'
import { keepBuild } from './sync/build'
import { client } from './sync/client'
import './styles/index.css'

startTheme()
startInstall()
keepBuild(new URL(import.meta.url).pathname)
await Promise.all([setLanguage(preferredLanguage()), client.start()])

// For the stories in tests and for support: what this page holds, beside what the server says.
Object.assign(window, { tenon: client })

const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
