// The emulator as a person at a keyboard sees it: humans who write, click and read, and a hand on its faults.

/** Reads the line that the emulator prints at its start. */
export function readStart() {
  const text = process.env.FAKE_DISCORD;
  if (!text) {
    throw new Error("FAKE_DISCORD holds no start line of the emulator.");
  }
  return JSON.parse(text);
}

/** Waits until something is truthy and gives it back. */
export async function until(what, probe, withinMs = 20_000) {
  const end = performance.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (value) {
      return value;
    }
    if (performance.now() > end) {
      throw new Error(`Waited in vain until ${what}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

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
  async inbox() {
    const answer = await fetch(new URL(`/_fake/humans/${encodeURIComponent(this.name)}/inbox`, this.start.apiBaseUrl));
    if (!answer.ok) {
      throw new Error(`The inbox of ${this.name} was answered with ${answer.status}.`);
    }
    return answer.json();
  }
}

/** Scripts faults. */
export async function fault(start, script) {
  const answer = await fetch(new URL("/_fake/faults", start.apiBaseUrl), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(script),
  });
  if (!answer.ok) {
    throw new Error(`The faults were answered with ${answer.status}: ${await answer.text()}`);
  }
}

/** Everything the emulator knows. */
export async function state(start) {
  return (await fetch(new URL("/_fake/state", start.apiBaseUrl))).json();
}
