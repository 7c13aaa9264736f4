import { useDocumentVisibility, useOnline } from '@vueuse/core'
import { computed, onMounted, watch } from 'vue'
import { usePosition } from '@/composables/usePosition'
import { session } from '@/data/session'
import { refreshToday, today } from '@/data/today'
import { t } from '@/i18n'
import type { Jenis } from '@/types/api'

export function useHome() {
  const online = useOnline()
  const visibility = useDocumentVisibility()
  const { position, start } = usePosition()

  const offline = computed(() => !online.value || (today.offline && !today.data))
  const suggested = computed<Jenis>(() => today.data?.jadwal.saran ?? 'Masuk')
  /** Why the punch buttons rest; empty when they work. */
  const blocked = computed(() => {
    if (!online.value || today.offline) return t.home.reasonOffline
    if (!session.isStaff) return t.home.notStaffText
    if (!today.data) return today.loading ? t.home.reasonLoading : t.home.failed
    return position.fault && !position.fix ? t.home.reasonPositionFault : ''
  })

  onMounted(() => {
    start()
    void refreshToday()
  })
  watch(online, (now) => now && void refreshToday())
  // A sleeping phone stops its counter: the server's time is asked anew.
  watch(visibility, (now) => now === 'visible' && void refreshToday())

  return { today, online, offline, suggested, blocked, refresh: refreshToday }
}
