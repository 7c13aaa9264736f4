import { ref } from 'vue'
import { useOnline } from '@vueuse/core'
import { useRouter } from 'vue-router'
import { ServerError, sentenceOf } from '@/data/http'
import { login, session } from '@/data/session'
import { t } from '@/i18n'

export function useLogin() {
  const router = useRouter()
  const online = useOnline()
  const nip = ref('')
  const password = ref('')
  const working = ref(false)
  const fault = ref('')

  async function submit(): Promise<void> {
    // People copy a NIP with the blanks of the card.
    const name = nip.value.replace(/\s+/g, '')
    fault.value = name ? (password.value ? '' : t.login.needPassword) : t.login.needNip
    if (fault.value || working.value) return
    working.value = true
    try {
      await login(name, password.value)
      password.value = ''
      await router.replace({ name: session.kios === null ? 'home' : 'kiosk' })
    } catch (error) {
      fault.value = error instanceof ServerError && error.status === 401 ? t.login.wrong : sentenceOf(error)
    } finally {
      working.value = false
    }
  }

  return { nip, password, working, fault, online, submit }
}
