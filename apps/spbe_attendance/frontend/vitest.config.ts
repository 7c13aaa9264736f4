import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('./src', import.meta.url)),
      '@frappe-ui': fileURLToPath(new URL('./node_modules/frappe-ui/src/components', import.meta.url)),
    },
  },
  test: { environment: 'happy-dom', silent: 'passed-only', include: ['tests/**/*.test.ts'] },
})
