import { createApp } from 'vue'
import App from './App.vue'
import { startDisplay } from './data/display'
import { router } from './router'
import './style.css'

void startDisplay().finally(() => createApp(App).use(router).mount('#app'))
