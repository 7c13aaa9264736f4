import type { OwnDataMessages } from './dataSaya'

export const d: OwnDataMessages = {
  title: 'My data',
  open: 'My data: copy and corrections',
  failed: 'Your data could not be loaded',
  copy: {
    title: 'A copy of my data',
    intro:
      'Everything that is kept about you: master data, punches, recaps, permits, phones, consents and your photos. ZIP files, removed after three days.',
    ask: 'Ask for a copy',
    again: 'Ask for a new copy',
    making: 'Being put together. You will be told when it is ready.',
    broken: 'The copy could not be made. Ask once more.',
    expired: 'The last copy has been removed.',
    until: (hari) => `Available until ${hari}.`,
    file: (nomor, ukuran) => `Download file ${nomor} (${ukuran})`,
    borrowed: 'Do not download on somebody else’s phone: the file stays there.',
  },
  fix: {
    title: 'Correction of master data',
    intro:
      'Something is wrong? BKPSDM answers within 3 × 24 hours. A NIK is corrected at BKPSDM with the identity card.',
    field: 'What is wrong',
    choose: 'Choose a field',
    present: (nilai) => `On record: ${nilai || 'nothing'}`,
    value: 'What it should be',
    date: 'What it should be (YYYY-MM-DD)',
    reason: 'Reason and proof',
    need: 'Fill this in.',
    send: 'Send the request',
    sent: 'The request went to BKPSDM.',
    asked: 'Your requests',
    change: (lama, baru) => `${lama || 'nothing'} → ${baru}`,
    withdraw: 'Withdraw',
    withdrawLabel: (bidang) => `Withdraw the correction of ${bidang}`,
  },
}
