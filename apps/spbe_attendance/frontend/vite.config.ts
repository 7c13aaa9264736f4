import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const base = '/assets/spbe_attendance/frontend/'

export default defineConfig({
  base,
  plugins: [
    vue(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      injectRegister: false,
      // A plain file in public/: the backend serves it, and the worker, below /absen.
      manifest: false,
      injectManifest: {
        globPatterns: ['assets/*.{js,css}', 'icons/favicon.svg'],
        // The worker lives at /absen/sw.js, the files it keeps below /assets.
        modifyURLPrefix: { '': base },
        // Names carry a content hash already.
        dontCacheBustURLsMatching: /^\/?assets\//,
      },
    }),
  ],
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('./src', import.meta.url)),
      // frappe-ui exports one index that pulls in its editor and charts; single components are taken from their folders.
      '@frappe-ui': fileURLToPath(new URL('./node_modules/frappe-ui/src/components', import.meta.url)),
    },
  },
  build: {
    outDir: '../spbe_attendance/public/frontend',
    emptyOutDir: true,
    manifest: true,
    target: 'es2020',
    rollupOptions: { input: 'src/main.ts' },
  },
})
