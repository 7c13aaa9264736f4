import { createApp } from 'vue'
import App from './App.vue'
import { startDisplay } from './data/display'
import { listenForInstall } from './data/install'
import { restoreSession } from './data/session'
import { router } from './router'
import './style.css'

listenForInstall()
// A store that does not open must not keep the app from opening.
const patience = new Promise<void>((resolve) => setTimeout(resolve, 1500))
void Promise.allSettled([startDisplay(), Promise.race([restoreSession(), patience])]).then(() =>
  createApp(App).use(router).mount('#app'),
)
