import app from './tailwind.config.js'

/** The design of the PWA, with the classes that the Command Center uses. */
export default {
  ...app,
  content: [
    './src/command-center.ts',
    './src/pages/CommandCenter/**/*.{vue,ts}',
    './src/domain/command/*.ts',
    './src/components/{AppButton,NoticeBox,RetryBox,SheetDialog,DisplayChoices,ChoiceGroup}.vue',
    './node_modules/frappe-ui/src/components/LoadingIndicator.vue',
  ],
}
