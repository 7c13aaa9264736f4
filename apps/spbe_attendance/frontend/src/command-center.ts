import { createApp, h } from 'vue'
import { createRouter, createWebHistory, RouterView } from 'vue-router'
import { startDisplay } from './data/display'
import CommandCenter from './pages/CommandCenter/CommandCenter.vue'
import './pages/CommandCenter/command.css'

/** One address; what is looked at stands in its query, so that "back" works and a link shows the same. */
const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/command-center', name: 'command-center', component: CommandCenter },
    { path: '/:rest(.*)*', redirect: { name: 'command-center' } },
  ],
})

void startDisplay().then(() =>
  createApp({ render: () => h(RouterView) })
    .use(router)
    .mount('#app'),
)
