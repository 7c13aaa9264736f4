import id, { type Messages } from './id'

/** The texts in use; one language today. */
export const t: Messages = id
