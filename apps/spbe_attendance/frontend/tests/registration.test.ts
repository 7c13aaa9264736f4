import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mount } from '@vue/test-utils'
import {
  DRAFT_LASTS,
  emptyFields,
  faultsOf,
  findUnits,
  isPhone,
  nikDiffers,
  packDraft,
  readDraft,
  readNik,
  readText,
} from '@/domain/registration'
import PersonStep from '@/pages/Register/PersonStep.vue'
import UnitPicker from '@/pages/Register/UnitPicker.vue'
import { detour } from '@/router/detour'

const TODAY = '2026-11-28'
const complete = () => ({
  nik: '1410011808960001',
  nama: 'Rahmat Uji',
  tanggal_lahir: '1996-08-18',
  jenis_kelamin: 'Laki-laki',
  nomor_hp: '0812 3456 7890',
  status_kepegawaian: 'Non ASN',
  opd: 'DINKES',
  jabatan: 'Perawat',
  vendor: '',
})
const UNITS = [
  { kode: 'KAB', nama: 'Pemerintah Kabupaten', induk: null },
  { kode: 'DINKES', nama: 'Dinas Kesehatan', induk: 'KAB' },
  { kode: 'PKM1', nama: 'Puskesmas Alah Air', induk: 'DINKES' },
  { kode: 'PKM2', nama: 'Puskesmas Kedabu Rapat', induk: 'DINKES' },
]

describe('a NIK', () => {
  it('tells birth date and sex, as the vectors of the server say', () => {
    expect(readNik('1410011808960001')).toEqual({ day: 18, month: 8, year: 96, female: false })
    expect(readNik('14.1001.580896.0001')?.female).toBe(true)
    expect(readNik('1410042902960001')).not.toBeNull()
  })
  it.each([
    '1410013208960001',
    '1410014008960001',
    '1410017208960001',
    '1410013002960001',
    '1410012902950001',
    '1410011808960000',
    '141001180896000',
    '',
    '١٤١٠٠١١٨٠٨٩٦٠٠٠١',
  ])('is not %s', (text) => expect(readNik(text)).toBeNull())
  it('that differs from the form is odd, not wrong', () => {
    expect(nikDiffers(complete())).toBe(false)
    expect(nikDiffers({ ...complete(), tanggal_lahir: '1996-08-19' })).toBe(true)
    expect(nikDiffers({ ...complete(), jenis_kelamin: 'Perempuan' })).toBe(true)
    expect(faultsOf({ ...complete(), jenis_kelamin: 'Perempuan' }, TODAY)).toEqual({})
  })
})

describe('the form', () => {
  it('needs every field, and a company of outsourced people only', () => {
    expect(Object.keys(faultsOf(emptyFields(), TODAY)).sort()).toEqual(
      ['jabatan', 'jenis_kelamin', 'nama', 'nik', 'nomor_hp', 'opd', 'status_kepegawaian', 'tanggal_lahir'], // prettier-ignore
    )
    expect(faultsOf(complete(), TODAY)).toEqual({})
    expect(faultsOf({ ...complete(), status_kepegawaian: 'Alih Daya' }, TODAY)).toEqual({ vendor: true })
  })
  it('takes names of people and nothing else', () => {
    for (const nama of ['Siti Nur’aini', 'H. Moh. Ridwan, S.Kom.', "Ma'ruf", 'Su'])
      expect(faultsOf({ ...complete(), nama }, TODAY)).toEqual({})
    for (const nama of ['', '123', '<b>a</b>'])
      expect(faultsOf({ ...complete(), nama }, TODAY).nama).toBe(true)
  })
  it('takes birth dates of people who can work', () => {
    for (const tanggal_lahir of ['', '2020-01-01', '1900-01-01', '18-08-1996'])
      expect(faultsOf({ ...complete(), tanggal_lahir }, TODAY).tanggal_lahir).toBe(true)
  })
  it('takes Indonesian mobile numbers in any writing', () => {
    expect(['0812 3456 7890', '+62 812-3456-7890', '62(812)34567890'].map(isPhone)).toEqual([
      true,
      true,
      true,
    ])
    expect(['', '021 555123', '812345', '+60123456789'].some(isPhone)).toBe(false)
  })
  it('may leave the NIK out when the server has it', () => {
    expect(faultsOf({ ...complete(), nik: '' }, TODAY, true)).toEqual({})
    expect(faultsOf({ ...complete(), nik: '1' }, TODAY, true)).toEqual({ nik: true })
  })
})

describe('what survives a reload', () => {
  it('is the form without NIK and phone number, for two hours', () => {
    const text = packDraft(complete(), 1000)
    expect(text).not.toContain('141001')
    expect(text).not.toContain('3456')
    expect(readDraft(text, 2000)).toEqual({ ...complete(), nik: '', nomor_hp: '' })
    expect(readDraft(text, 1000 + DRAFT_LASTS)).toBeNull()
  })
  it.each([null, '', 'x', '{}', '[]', '{"at":"a","fields":{}}', '{"at":5}'])('is nothing of %s', (text) =>
    expect(readDraft(text, 10)).toBeNull(),
  )
})

describe('units', () => {
  it('are found by words in any order, with what is above them', () => {
    expect(findUnits(UNITS, 'rapat pusk', null).map(({ kode, path }) => [kode, path])).toEqual([
      ['PKM2', 'Pemerintah Kabupaten › Dinas Kesehatan'],
    ])
    expect(findUnits(UNITS, 'tidak ada', null)).toEqual([])
  })
  it('are walked down from the top', () => {
    expect(findUnits(UNITS, '', null).map(({ kode, parent }) => [kode, parent])).toEqual([['KAB', true]])
    expect(findUnits(UNITS, '', 'DINKES').map(({ kode, parent }) => [kode, parent])).toEqual([
      ['PKM1', false],
      ['PKM2', false],
    ])
  })
  it('do not go round where the tree does', () => {
    const odd = [
      { kode: 'A', nama: 'A', induk: 'B' },
      { kode: 'B', nama: 'B', induk: 'A' },
    ]
    expect(findUnits(odd, 'a', null)).toHaveLength(1)
  })
})

describe('the consent text', () => {
  it('is headings, paragraphs and lists', () => {
    expect(readText('# Judul\nKalimat.\n\n- satu\n- dua\nAkhir')).toEqual([
      { kind: 'heading', text: 'Judul' },
      { kind: 'paragraph', text: 'Kalimat.' },
      { kind: 'list', points: ['satu', 'dua'] },
      { kind: 'paragraph', text: 'Akhir' },
    ])
  })
})

describe('the screens', () => {
  it('are open to whoever has no account', () => {
    expect(['register', 'register-status', 'home'].map((page) => detour('guest', false, page))).toEqual([
      null,
      null,
      'login',
    ])
  })
  it('mark what is missing, and warn of an odd NIK', async () => {
    const fields = { ...complete(), nik: '', jenis_kelamin: 'Perempuan' }
    const screen = mount(PersonStep, {
      props: { modelValue: fields, faults: faultsOf(fields, TODAY), tried: true, nikSamar: '' },
    })
    expect(screen.get('#nik').attributes('aria-invalid')).toBe('true')
    expect(screen.get('#nik-fault').text()).not.toBe('')
    expect(screen.find('[data-testid=register-odd]').exists()).toBe(false)
    await screen.setProps({ modelValue: { ...fields, nik: '1410011808960001' } })
    expect(screen.find('[data-testid=register-odd]').exists()).toBe(true)
  })
  it('choose a unit by search or step by step', async () => {
    HTMLDialogElement.prototype.showModal ??= () => undefined
    const screen = mount(UnitPicker, { props: { units: UNITS } })
    await screen.get('[data-below=KAB]').trigger('click')
    await screen.get('[data-below=DINKES]').trigger('click')
    expect(screen.findAll('[data-unit]').map((each) => each.attributes('data-unit'))).toEqual([
      'PKM1',
      'PKM2',
    ])
    await screen.get('[data-testid=unit-search]').setValue('dinas')
    await screen.get('[data-unit=DINKES]').trigger('click')
    expect(screen.emitted('choose')).toEqual([['DINKES']])
  })
})

describe('an agreement', () => {
  beforeEach(() => {
    localStorage.clear()
    vi.resetModules()
  })
  afterEach(() => vi.unstubAllGlobals())

  async function modules(answer: () => unknown) {
    vi.doMock('@/data/registrasi', () => ({ fetchConsent: vi.fn(), sendConsent: vi.fn(answer) }))
    vi.doMock('@/data/session', () => ({
      session: { naskah: 'NP-1', pegawai: 'p1' },
      consentGiven: vi.fn(),
    }))
    const http = await import('@/data/http')
    return { consent: await import('@/data/consent'), ...http }
  }

  it('is kept without a network and goes out later', async () => {
    let online = false
    const { consent, NetworkError } = await modules(() => {
      if (!online) throw new NetworkError('x')
      return { disetujui: true }
    })
    expect(consent.asked.value).toBe('NP-1')
    expect(await consent.agree('NP-1')).toBeNull()
    expect([consent.asked.value, consent.agreementWaits.value]).toEqual(['', true])
    expect(localStorage.getItem('absen.setuju')).toBe('p1 NP-1')
    online = true
    expect(await consent.sendAgreement()).toEqual({ disetujui: true })
    expect([localStorage.getItem('absen.setuju'), consent.agreementWaits.value]).toEqual([null, false])
  })
  it('that the server refuses is asked for again', async () => {
    const { consent, ServerError } = await modules(() => {
      throw new ServerError(409, 'NaskahBerubah', 'x')
    })
    await expect(consent.agree('NP-1')).rejects.toThrow()
    expect([consent.asked.value, localStorage.getItem('absen.setuju')]).toEqual(['NP-1', null])
  })
})
