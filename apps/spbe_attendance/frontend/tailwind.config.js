import frappeUI from 'frappe-ui/tailwind'

/** frappe-ui's design tokens and icons, with the identity of this app on top. */
export default {
  presets: [frappeUI],
  content: [
    './src/**/*.{vue,ts}',
    './node_modules/frappe-ui/src/components/{Badge,TextInput,Textarea}/*.vue',
    './node_modules/frappe-ui/src/components/LoadingIndicator.vue',
  ],
  theme: {
    extend: {
      colors: {
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
