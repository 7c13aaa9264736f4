import { computed, reactive, ref, watch } from 'vue'
import { fetchSurveyForm, keepSurvey, sendSurveys, waiting } from '@/data/survei'
import { sentenceOf } from '@/data/http'
import { clientId } from '@/domain/clientId'
import { readFences, type Fence } from '@/domain/fences'
import { closest, enclose, type Sample, type Station } from '@/domain/survey'
import { v } from '@/i18n/survei'
import type { IsianSurvei } from '@/types/survei'

export interface Measured {
  samples: Sample[]
  station: Station
}

export const MOST_STATIONS = 12
/** Instead of a place's name. */
export const NEW = '-'

export function useSurvey() {
  const filling = ref<IsianSurvei | null>(null)
  const fault = ref('')
  const form = reactive({ opd: '', lokasi: NEW, nama: '' })
  const stations = ref<Measured[]>([])
  const tried = ref(false)
  const sent = ref<'taken' | 'kept' | null>(null)

  async function load(): Promise<void> {
    fault.value = ''
    try {
      filling.value = await fetchSurveyForm()
      const [only] = filling.value.opd
      if (!form.opd && only && filling.value.opd.length === 1) form.opd = only.name
    } catch (error) {
      fault.value = sentenceOf(error)
    }
  }

  const places = computed(() => (filling.value?.lokasi ?? []).filter(({ opd }) => opd === form.opd))
  const place = computed(() => places.value.find(({ name }) => name === form.lokasi) ?? null)
  watch(
    () => form.opd,
    () => (form.lokasi = NEW),
  )
  watch(place, (chosen) => chosen && (form.nama = chosen.nama_lokasi))

  const spots = computed(() => stations.value.map(({ station }) => station))
  const proposal = computed(() => enclose(spots.value, v.proposal))
  /** What is drawn: the place as it is, then as it is proposed. */
  const fences = computed(() => [
    ...(place.value ? fencesOf(place.value) : []),
    ...(proposal.value ? [proposal.value] : []),
  ])
  const here = computed(() => {
    const last = spots.value[spots.value.length - 1]
    return last ? { lat: last.lat, lon: last.lon, accuracy: last.accuracy, at: 0 } : null
  })
  const faults = computed(() => ({
    opd: form.opd ? '' : v.need.opd,
    nama: form.nama.trim() ? '' : v.need.name,
    titik: stations.value.length < 2 ? v.need.stations : closest(spots.value) < 5 ? v.need.apart : '',
  }))
  const shown = computed(() => (tried.value ? faults.value : { opd: '', nama: '', titik: '' }))

  async function submit(): Promise<void> {
    tried.value = true
    if (Object.values(faults.value).some(Boolean)) return
    const id = clientId()
    await keepSurvey({
      id_klien: id,
      nama_lokasi: form.nama.trim(),
      opd: form.opd,
      lokasi: place.value?.name ?? null,
      waktu: new Date().toISOString(),
      titik: stations.value.map(({ samples }) => ({ sampel: samples })),
    })
    await sendSurveys()
    const kept = waiting.value.find((row) => row.id === id)
    sent.value = kept ? 'kept' : 'taken'
    Object.assign(form, { lokasi: NEW, nama: '' })
    stations.value = []
    tried.value = false
  }

  return { filling, fault, form, stations, places, proposal, fences, here, shown, sent, load, submit }
}

/** The place as it is; nothing when its area cannot be read. */
function fencesOf({ area, ...place }: IsianSurvei['lokasi'][number]): Fence[] {
  try {
    return readFences([{ ...place, area: area ? (JSON.parse(area) as unknown) : null }])
  } catch {
    return []
  }
}
