/** English of the queue's texts; part of what is fetched when it is chosen. */
import type { QueueMessages } from './luring'

const punches = (count: number) => (String(count) === '1' ? '1 punch' : `${count} punches`)

export const q: QueueMessages = {
  saved: (jam: string) => `Saved on the phone at ${jam}`,
  state: { menunggu: 'Waiting for signal', mengirim: 'Sending…', terkirim: 'Sent', ditolak: 'Refused' },
  pending: {
    menunggu:
      'Not sent yet. It is sent by itself as soon as there is signal; the time recorded is that of just now, not of its arrival.',
    mengirim: 'On its way to the server. You may close this page.',
    ditolak: 'The server has refused this punch.',
  },
  onPhone: 'On this phone',
  notYet: 'not at the server yet',
  proof: {
    wide: 'The app was reopened without a network, so the time of this punch cannot be proven to the minute. Open the app once where there is signal before going where there is none.',
    none: 'This phone has never had a time from the server, so the time of arrival counts. Open the app once where there is signal.',
  },
  home: {
    title: (count: number) => `${punches(count)} not sent yet`,
    intro: 'Saved on the phone and sent by itself when there is signal.',
    refusedOnly: 'Refused by the server; settle it here.',
    send: 'Send now',
    offlineText: 'You can still punch: it is saved on the phone and sent by itself when there is signal.',
    crowded: 'The server is busy',
    crowdedText: 'You can still punch, and punches go first. The rest of this screen follows.',
    unproven: 'The time cannot be fully proven',
    unprovenText:
      'This app has not met the server since it was opened. You can still punch and are not late because of that, but it may be reviewed. If you can, open the app once where there is signal.',
    switchedOff: 'Punches without a network are not allowed here. Connect to the internet.',
    phoneTime: "Estimate by the phone's clock",
    knownLast: 'As this phone last heard from the server.',
    badge: (count: number) => `${count} not sent`,
    busy: (jam: string) => `The server is busy, next try at ${jam}`,
    again: (jam: string) => `Next try at ${jam}`,
    unreadable: 'This punch cannot be opened on this phone any more. Ask for a correction.',
  },
  reason: 'Add a reason',
  discard: 'Discard',
  discardTitle: 'Discard this punch?',
  discardText: 'It will not be sent again and cannot be brought back.',
  discardConfirm: 'Yes, discard',
  room: {
    title: 'The phone is nearly full',
    text: 'Less than 20 MB are left. Punches are still saved, but photos may be lost. Delete files that you do not need.',
    full: 'The phone is full and there is no network: this punch is NOT saved yet. Delete some photos or videos, then press again. The time stays that of the first press.',
    broken: 'This browser cannot keep punches (private mode?). You can punch with a network only.',
  },
  service: {
    title: 'The server is being serviced',
    text: 'You can look at everything. A punch that you make now is kept on the phone with its time, and sent by itself when the service has ended.',
  },
  install: {
    title: 'Put it on the home screen',
    why: 'Opens faster, opens without signal, and no address to type.',
    now: 'Install the app',
    later: 'Not now',
    share: 'On an iPhone: tap Share, then "Add to Home Screen".',
    menu: 'Open the menu of the browser (⋮), then "Install app" or "Add to home screen".',
  },
  photo: {
    none: '',
    waiting: 'The photo waits to be sent. You may close the app.',
    sent: 'Photo sent.',
    failed: 'The server has refused the photo. The punch is recorded all the same.',
    lost: 'The phone is full: the photo was not saved. The punch is; do not close the app until it is sent.',
    gone: 'The photo was lost because the phone is full. The punch is recorded and will be reviewed.',
  },
  logout: {
    title: (count: number) => `${punches(count)} not sent yet`,
    text: 'They stay sealed on this phone and are sent when you log in again. Nobody else can open them or send them as their own.',
    advice: 'If you can, wait until they are sent before you log out, above all on a borrowed phone.',
  },
  login: {
    waiting: (count: number, siapa: string) => `${punches(count)} of ${siapa} waiting`,
    waitingText: 'Sealed on this phone; sent when their owner logs in.',
  },
}
