// Types of the frappe-ui components in use: its sources are not written for strict type checks.
declare module '@frappe-ui/Badge/Badge.vue' {
  import type { DefineComponent } from 'vue'
  const Badge: DefineComponent<{
    theme?: 'gray' | 'blue' | 'green' | 'orange' | 'red'
    size?: 'sm' | 'md' | 'lg' | 'xl'
    variant?: 'solid' | 'subtle' | 'outline' | 'ghost'
    label?: string
  }>
  export default Badge
}
declare module '@frappe-ui/LoadingIndicator.vue' {
  import type { DefineComponent } from 'vue'
  const LoadingIndicator: DefineComponent<{ scale?: number }>
  export default LoadingIndicator
}
declare module '@frappe-ui/TextInput/TextInput.vue' {
  import type { DefineComponent } from 'vue'
  const TextInput: DefineComponent<{
    modelValue?: string
    type?: string
    size?: 'sm' | 'md' | 'lg' | 'xl'
    variant?: 'subtle' | 'outline' | 'ghost'
    placeholder?: string
    disabled?: boolean
    id?: string
    required?: boolean
  }>
  export default TextInput
}
declare module '@frappe-ui/Textarea/Textarea.vue' {
  import type { DefineComponent } from 'vue'
  const Textarea: DefineComponent<{
    modelValue?: string
    size?: 'sm' | 'md' | 'lg' | 'xl'
    variant?: 'subtle' | 'outline'
    rows?: number
    label?: string
    id?: string
    placeholder?: string
  }>
  export default Textarea
}
