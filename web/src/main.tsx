// Starts the UI: texts, theme, the client, then the first render.

import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { preferredLanguage, setLanguage } from './i18n'
import { startTheme } from './model/theme'
import { client } from './sync/client'
import './styles/index.css'

startTheme()
await Promise.all([setLanguage(preferredLanguage()), client.start()])

const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
