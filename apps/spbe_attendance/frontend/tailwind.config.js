import frappeUI from 'frappe-ui/tailwind'

/** Colours by their task, light and dark: the values stand in src/style.css. */
const TOKENS = [
  'panel',
  'page',
  'body',
  'quiet',
  'line',
  'edge',
  'tint',
  'tint-strong',
  'accent',
  'rim',
  'fill',
  'fill-hover',
  'fill-active',
  'focus',
  'idle',
  'ok',
  'ok-tint',
  'ok-line',
  'ok-strong',
  'warn',
  'warn-tint',
  'warn-line',
  'warn-strong',
  'error',
  'error-tint',
  'error-line',
  'danger',
  'danger-hover',
  'bar',
  'self',
]
const tokens = Object.fromEntries(TOKENS.map((name) => [name, `rgb(var(--${name}) / <alpha-value>)`]))

/** frappe-ui's design tokens and icons, with the identity of this app on top. */
export default {
  presets: [frappeUI],
  content: [
    './src/**/*.{vue,ts}',
    // Has a style sheet of its own: tailwind.command.config.js.
    '!./src/pages/CommandCenter/**',
    '!./src/domain/command/**',
    '!./src/command-center.ts',
    '!./src/i18n/command*.ts',
    './node_modules/frappe-ui/src/components/{Badge,TextInput,Textarea}/*.vue',
    './node_modules/frappe-ui/src/components/LoadingIndicator.vue',
  ],
  theme: {
    extend: {
      boxShadow: {
        tab: 'inset 0 3px 0 rgb(var(--rim))',
        chosen: 'inset 0 0 0 1px rgb(var(--rim))',
      },
      colors: {
        ...tokens,
        // The same by day and by night: the bar on top, and what lies behind pictures.
        brand: {
          50: '#eef8f8',
          100: '#d4eded',
          200: '#abdbdc',
          300: '#76c1c4',
          500: '#1b8389',
          600: '#0f6b74',
          700: '#0d5661',
          800: '#0c4450',
          900: '#0b3540',
          950: '#072630',
        },
      },
    },
  },
}
