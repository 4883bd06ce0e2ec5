// The humans of the emulator.
import { inbox } from "../shared/emulator.mjs";

/** One human of the emulator. */
export class Human {
  constructor(start, { name, token }) {
    this.start = start;
    this.name = name;
    this.token = token;
    this.nonce = 0;
  }

  /** Calls a route of the API as this human. */
  async call(method, path, body) {
    const answer = await fetch(this.start.apiBaseUrl + path, {
      method,
      headers: { authorization: this.token, ...(body ? { "content-type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : undefined,
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${this.name}: ${method} ${path} was answered with ${answer.status}: ${text}`);
    }
    return text ? JSON.parse(text) : undefined;
  }

  say(channel, content, more = {}) {
    return this.call("POST", `/channels/${channel}/messages`, { content, ...more });
  }

  /** Runs a command, clicks or submits, as the official client does. */
  interact(type, channel, data, more = {}) {
    this.nonce += 1;
    return this.call("POST", "/interactions", {
      type,
      application_id: this.start.applicationId,
      guild_id: this.start.guildId,
      channel_id: channel,
      session_id: `session-of-${this.name}`,
      nonce: `${this.name}-${this.nonce}`,
      data,
      ...more,
    });
  }

  /** Everything that only this human sees: private answers, modals, choices. */
  inbox() {
    return inbox(this.start, this.name);
  }
}
