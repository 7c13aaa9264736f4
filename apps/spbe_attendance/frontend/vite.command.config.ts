import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/**
 * The Command Center, beside the PWA: in files of its own, so that a phone neither waits for them nor keeps them.
 * Built after the PWA, into a folder of its output that the service worker does not look at.
 */
export default defineConfig({
  base: '/assets/spbe_attendance/frontend/command/',
  publicDir: false,
  plugins: [vue()],
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('./src', import.meta.url)),
      '@frappe-ui': fileURLToPath(new URL('./node_modules/frappe-ui/src/components', import.meta.url)),
    },
  },
  build: {
    outDir: '../spbe_attendance/public/frontend/command',
    emptyOutDir: true,
    manifest: true,
    target: 'es2020',
    rollupOptions: { input: 'src/command-center.ts' },
  },
})
