/** What a Frappe error answer says, for a person. */
export interface ServerFault {
  excType: string
  /** The server's own sentences, without markup; empty when it gave none. */
  sentences: string[]
}

/** Reads the error envelope; never throws, whatever came. */
export function readFault(body: unknown): ServerFault {
  if (typeof body !== 'object' || body === null) return { excType: '', sentences: [] }
  const record = body as Record<string, unknown>
  const excType = typeof record['exc_type'] === 'string' ? record['exc_type'] : ''
  const sentences = fromServerMessages(record['_server_messages'])
  if (sentences.length === 0) {
    // Log-in answers carry their sentence as `message`; some framework errors only as `exception`.
    const spare = text(record['message']) || afterClass(text(record['exception']))
    if (spare) sentences.push(spare)
  }
  return { excType, sentences }
}

function fromServerMessages(raw: unknown): string[] {
  const found: string[] = []
  for (const entry of asArray(parse(raw))) {
    const message = parse(entry)
    const sentence =
      typeof message === 'object' && message !== null
        ? text((message as Record<string, unknown>)['message'])
        : text(message)
    if (sentence && !found.includes(sentence)) found.push(sentence)
  }
  return found
}

function parse(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function asArray(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return value === undefined || value === null ? [] : [value]
}

/** Text of a message that may carry HTML. */
function text(value: unknown): string {
  if (typeof value !== 'string') return ''
  return value
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#0?39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
}

function afterClass(exception: string): string {
  return exception.replace(/^[\w.]+:\s*/, '')
}
