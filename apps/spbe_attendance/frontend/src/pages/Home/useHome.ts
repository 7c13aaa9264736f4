import { useDocumentVisibility, useOnline } from '@vueuse/core'
import { computed, onMounted, watch } from 'vue'
import { usePosition } from '@/composables/usePosition'
import { queue, unsent } from '@/data/queue/list'
import { lookAtRoom, room } from '@/data/queue/room'
import { session } from '@/data/session'
import { refreshToday, today } from '@/data/today'
import { t } from '@/i18n'
import { q } from '@/i18n/luring'
import type { Jenis } from '@/types/api'

export function useHome() {
  const online = useOnline()
  const visibility = useDocumentVisibility()
  const { position, start } = usePosition()

  const offline = computed(() => !online.value || today.offline)
  const suggested = computed<Jenis>(() => today.data?.jadwal.saran ?? 'Masuk')
  /** Nothing can be kept, or the office does not want it: then a punch needs the network. */
  const needsNetwork = computed(() => queue.broken || today.data?.jangkar === null)
  /** Why the punch buttons rest; empty when they work. */
  const blocked = computed(() => {
    if (!session.isStaff) return t.home.notStaffText
    if (!today.data) {
      if (offline.value) return t.home.reasonOffline
      return today.loading ? t.home.reasonLoading : t.home.failed
    }
    if (offline.value && needsNetwork.value) return q.home.switchedOff
    return position.fault && !position.fix ? t.home.reasonPositionFault : ''
  })
  /** The server puts this screen off, but has told the time. */
  const crowded = computed(
    () => online.value && today.offline && today.timed !== '' && today.timed === session.pegawai,
  )
  /** No time of the server since this page was opened. */
  const unproven = computed(
    () => offline.value && today.guessed && today.timed !== session.pegawai && blocked.value === '',
  )

  /** Nothing is known yet: what would be pushed down by the first answer is not shown before it. */
  const first = computed(() => session.isStaff && !today.data && !today.message && !offline.value)

  onMounted(() => {
    start()
    void refreshToday()
    void lookAtRoom()
  })
  watch(online, (now) => now && void refreshToday())
  // A sleeping phone stops its counter: the server's time is asked anew.
  watch(visibility, (now) => now === 'visible' && void refreshToday())
  // What has gone out stands in the day's list now.
  watch(
    () => unsent.value.length,
    (now, before) => now < before && void refreshToday(),
  )

  return {
    today,
    first,
    online,
    offline,
    suggested,
    blocked,
    crowded,
    unproven,
    needsNetwork,
    room,
    refresh: refreshToday,
  }
}
