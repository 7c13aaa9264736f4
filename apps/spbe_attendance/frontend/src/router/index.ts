import { createRouter, createWebHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHistory('/absen'),
  scrollBehavior: () => ({ top: 0 }),
  routes: [
    { path: '/', name: 'home', component: () => import('@/pages/Home/HomePage.vue') },
    { path: '/login', name: 'login', component: () => import('@/pages/Login/LoginPage.vue') },
    {
      path: '/catat/:jenis(masuk|pulang)',
      name: 'punch',
      component: () => import('@/pages/Punch/PunchPage.vue'),
      props: (route) => ({ jenis: route.params['jenis'] === 'pulang' ? 'Pulang' : 'Masuk' }),
    },
    { path: '/riwayat', name: 'history', component: () => import('@/pages/History/HistoryPage.vue') },
    { path: '/:rest(.*)*', redirect: { name: 'home' } },
  ],
})
