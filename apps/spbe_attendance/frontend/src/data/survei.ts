/** Surveys of places: kept on this phone until the server has taken them in. In a database of their own, beside the punches'. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { computed, reactive } from 'vue'
import type { IsianSurvei, PenerimaanSurvei, PermintaanSurvei } from '@/types/survei'
import { call, NetworkError, sentenceOf } from './http'
import { session } from './session'

const API = 'spbe_attendance.api.lokasi'
export const SURVEY_DATABASE = 'absen-survei'

/** A survey that waits; `fault`: why the server refused it, in its words. */
export interface Waiting {
  id: string
  person: string
  survey: PermintaanSurvei
  fault: string
}

interface Schema extends DBSchema {
  waiting: { key: string; value: Waiting }
  form: { key: string; value: IsianSurvei }
}

const state = reactive({ rows: [] as Waiting[], sending: false })
export const waiting = computed(() => state.rows)
export const sending = computed(() => state.sending)

let opened: Promise<IDBPDatabase<Schema>> | null = null

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>(SURVEY_DATABASE, 1, {
    upgrade(db) {
      db.createObjectStore('waiting', { keyPath: 'id' })
      db.createObjectStore('form')
    },
    terminated: () => (opened = null),
  })
  return opened
}

export async function maySurvey(): Promise<boolean> {
  const { boleh } = await call<{ boleh: boolean }>(`${API}.boleh_survei`)
  return boleh
}

/** Units and places to choose from; without a network those of last time. Raises ServerError, or NetworkError when there are none. */
export async function fetchSurveyForm(): Promise<IsianSurvei> {
  try {
    const form = await call<IsianSurvei>(`${API}.isian_survei`)
    await (await database()).put('form', form, session.pegawai)
    return form
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    const kept = await (await database()).get('form', session.pegawai)
    if (!kept) throw error
    return kept
  }
}

/** Written down before anything is sent. */
export async function keepSurvey(survey: PermintaanSurvei): Promise<void> {
  const row = { id: survey.id_klien, person: session.pegawai, survey: plain(survey), fault: '' }
  await (await database()).put('waiting', row)
  await showWaiting()
}

/** Vue's proxies cannot be stored. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

export async function discardSurvey(id: string): Promise<void> {
  await (await database()).delete('waiting', id)
  await showWaiting()
}

export async function showWaiting(): Promise<void> {
  const all = await (await database()).getAll('waiting')
  state.rows = all.filter(({ person }) => person === session.pegawai)
}

/** Sends what waits, one after the other; answers what the server has taken in. Never throws: what was refused keeps its reason. */
export async function sendSurveys(): Promise<PenerimaanSurvei[]> {
  if (state.sending) return []
  state.sending = true
  const taken: PenerimaanSurvei[] = []
  try {
    await showWaiting()
    for (const row of [...state.rows]) {
      try {
        taken.push(await call<PenerimaanSurvei>(`${API}.kirim_survei`, { method: 'POST', json: row.survey }))
        await (await database()).delete('waiting', row.id)
      } catch (error) {
        // Silence says nothing about the survey; the same id is sent again.
        if (error instanceof NetworkError) break
        await (await database()).put('waiting', { ...plain(row), fault: sentenceOf(error) })
      }
    }
    await showWaiting()
  } catch (error) {
    console.warn('Surveys stay on this phone:', error)
  } finally {
    state.sending = false
  }
  return taken
}
