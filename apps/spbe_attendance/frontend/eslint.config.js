import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

export default ts.config(
  { ignores: ['node_modules/', '.node_modules*/', 'coverage/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/max-lines-per-block': ['error', { script: 150, template: 200 }],
      'vue/no-v-html': 'error',
    },
  },
  {
    // Only data/ talks to the server.
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/data/**', 'src/sw.ts'],
    rules: { 'no-restricted-globals': ['error', 'fetch', 'XMLHttpRequest'] },
  },
  {
    // Pure functions: they know neither the screen nor the server.
    files: ['src/domain/**/*.ts', 'src/evidence/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['vue', '@/data/*', '@/composables/*'] }] },
  },
  { files: ['*.js', 'scripts/**'], languageOptions: { globals: globals.node } },
  prettier,
)
