import { createRouter, createWebHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHistory('/absen'),
  scrollBehavior: () => ({ top: 0 }),
  routes: [
    { path: '/', name: 'home', component: () => import('@/pages/Home/HomePage.vue') },
    { path: '/login', name: 'login', component: () => import('@/pages/Login/LoginPage.vue') },
    { path: '/daftar', name: 'register', component: () => import('@/pages/Register/RegisterPage.vue') },
    {
      path: '/daftar/status',
      name: 'register-status',
      component: () => import('@/pages/Register/StatusPage.vue'),
    },
    {
      path: '/data-pribadi',
      name: 'consent',
      component: () => import('@/pages/Consent/ConsentPage.vue'),
    },
    {
      path: '/aktivasi',
      name: 'activation',
      component: () => import('@/pages/Activation/ActivationPage.vue'),
    },
    {
      path: '/catat/:jenis(masuk|pulang)',
      name: 'punch',
      component: () => import('@/pages/Punch/PunchPage.vue'),
      props: (route) => ({ jenis: route.params['jenis'] === 'pulang' ? 'Pulang' : 'Masuk' }),
    },
    {
      path: '/catat/apel/:kegiatan',
      name: 'event',
      component: () => import('@/pages/Punch/PunchPage.vue'),
      props: (route) => ({ jenis: 'Apel', kegiatan: String(route.params['kegiatan']) }),
    },
    { path: '/riwayat', name: 'history', component: () => import('@/pages/History/HistoryPage.vue') },
    { path: '/riwayat/kartu', name: 'card', component: () => import('@/pages/History/CardPage.vue') },
    {
      path: '/permohonan',
      name: 'requests',
      component: () => import('@/pages/Requests/RequestsPage.vue'),
    },
    {
      path: '/permohonan/izin',
      name: 'permit',
      component: () => import('@/pages/Requests/PermitPage.vue'),
    },
    {
      path: '/permohonan/koreksi',
      name: 'correction',
      component: () => import('@/pages/Requests/CorrectionPage.vue'),
      props: (route) => ({ tanggal: String(route.query['tanggal'] ?? '') }),
    },
    {
      path: '/permohonan/sanggah',
      name: 'appeal',
      component: () => import('@/pages/Requests/AppealPage.vue'),
      props: (route) => ({ tanggal: String(route.query['tanggal'] ?? '') }),
    },
    {
      path: '/permohonan/tukar-dinas',
      name: 'swap',
      component: () => import('@/pages/Requests/SwapPage.vue'),
    },
    { path: '/saksi', name: 'witness', component: () => import('@/pages/Witness/WitnessPage.vue') },
    { path: '/kios', name: 'kiosk', component: () => import('@/pages/Witness/KioskPage.vue') },
    { path: '/akun', name: 'account', component: () => import('@/pages/Account/AccountPage.vue') },
    { path: '/akun/data', name: 'own-data', component: () => import('@/pages/OwnData/OwnDataPage.vue') },
    {
      path: '/persetujuan',
      name: 'approvals',
      component: () => import('@/pages/Approvals/ApprovalsPage.vue'),
    },
    {
      path: '/pemberitahuan',
      name: 'notices',
      component: () => import('@/pages/Notices/NoticesPage.vue'),
    },
    {
      path: '/tampilan',
      name: 'display',
      component: () => import('@/pages/Display/DisplayPage.vue'),
    },
    { path: '/survei', name: 'survey', component: () => import('@/pages/Survey/SurveyPage.vue') },
    { path: '/:rest(.*)*', redirect: { name: 'home' } },
  ],
})
