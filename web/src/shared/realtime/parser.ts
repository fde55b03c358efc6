import type { StreamEvent } from './topics';

/**
 * Cuts a stream of text into server-sent events (HTML Living Standard § 9.2).
 *
 * Comments keep the connection alive and yield nothing; `retry` is left to our own back-off.
 */
export class EventParser {
  #rest = '';
  #lastId: string | null = null;

  /** Takes the next piece of text and returns the events that it completes. */
  push(text: string): StreamEvent[] {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    const events: StreamEvent[] = [];
    for (const line of lines) {
      const event = this.#take(line);
      if (event !== null) events.push(event);
    }
    return events;
  }

  #name = '';
  #data: string[] = [];

  #take(line: string): StreamEvent | null {
    if (line === '') return this.#finish();
    const colon = line.indexOf(':');
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#name = value;
    if (field === 'data') this.#data.push(value);
    if (field === 'id' && !value.includes('\0')) this.#lastId = value === '' ? null : value;
    return null;
  }

  #finish(): StreamEvent | null {
    const name = this.#name === '' ? 'message' : this.#name;
    const data = this.#data.join('\n');
    const isEmpty = this.#data.length === 0;
    this.#name = '';
    this.#data = [];
    return isEmpty ? null : { id: this.#lastId, name, data: parseData(data) };
  }
}

function parseData(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
