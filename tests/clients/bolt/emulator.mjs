// The humans of the emulator.
import { WebClient } from "@slack/web-api";
import { inbox, order } from "../shared/emulator.mjs";

/** One human of the emulator: writes with a token of their own, and does what only the official client can do. */
export class Human {
  constructor(start, { name, token, id }) {
    this.start = start;
    this.name = name;
    this.id = id;
    this.web = new WebClient(token, { slackApiUrl: start.apiBaseUrl });
  }

  /** Writes a message and gives back its ts. */
  async say(channel, text, more = {}) {
    return (await this.web.chat.postMessage({ channel, text, ...more })).ts;
  }

  /** Types a command; what is given back holds the answers that came with the acknowledgement. */
  slash(command, text, channel) {
    return order(this.start, "slash", { name: this.name, command, text, channel });
  }

  click(channel, ts, action_id, value) {
    return order(this.start, "action", { name: this.name, channel, ts, action_id, value });
  }

  clickInView(view_id, action_id, value) {
    return order(this.start, "action", { name: this.name, view_id, action_id, value });
  }

  suggest(view_id, action_id, typed) {
    return order(this.start, "suggest", { name: this.name, view_id, action_id, typed });
  }

  submit(view_id, values) {
    return order(this.start, "view", { name: this.name, view_id, values });
  }

  close(view_id) {
    return order(this.start, "view", { name: this.name, view_id, close: true });
  }

  shortcut(channel, ts, callback_id) {
    return order(this.start, "shortcut", { name: this.name, channel, ts, callback_id });
  }

  inbox() {
    return inbox(this.start, this.name);
  }
}
