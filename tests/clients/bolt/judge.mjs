// The app that judges: everything it hears is kept, so that a check may ask for it before or after it comes.
import bolt from "@slack/bolt";
import { LogLevel } from "@slack/web-api";
import { readStart, until } from "../shared/emulator.mjs";
import { Human } from "./emulator.mjs";

export const start = readStart();
// The last two hold no office.
export const [alice, bob] = start.humans.slice(-2).map((human) => new Human(start, human));
export const { public: news, private: desk, archived } = start.channelIds;
export const clientOptions = {
  slackApiUrl: start.apiBaseUrl,
  retryConfig: { retries: 5, minTimeout: 100, maxTimeout: 1000 },
};

export const said = [];
const log = (level) => (...words) => said.push({ level, text: words.join(" ") });
const logger = {
  debug: log("debug"),
  info: log("info"),
  warn: log("warn"),
  error: log("error"),
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.DEBUG,
};

export const receiver = new bolt.SocketModeReceiver({
  appToken: start.appToken,
  logger,
  // Slow machines answer a ping late; half a minute of silence, as is usual, would take too long to try.
  clientPingTimeout: 1500,
  serverPingTimeout: 5000,
  pingPongLoggingEnabled: true,
  installerOptions: { clientOptions },
});
export const app = new bolt.App({ token: start.botToken, receiver, clientOptions, logger });

/** What came over the socket, before Bolt sorts out what is its own. */
export const raw = [];
receiver.client.on("slack_event", (event) => raw.push(event));

export const seen = [];
export const note = (kind) => async (args) => {
  seen.push({ kind, ...args });
  await args.ack?.();
};

/** The first of a kind that fits, since the test began or still to come. */
export const heard = (kind, fits = () => true) =>
  until(`${kind} is heard`, () => seen.find((one) => one.kind === kind && fits(one)));
export const count = (kind, fits) => seen.filter((one) => one.kind === kind && fits(one)).length;
export const rawOf = (fits) => raw.filter((one) => one.type === "events_api" && fits(one.body.event));

/** Whether an answer among those of the humans holds these words. */
export const shows = (answers, words) => JSON.stringify(answers).includes(words);
export const reads = (human, words) =>
  until(`${human.name} reads ${words}`, async () => shows(await human.inbox(), words));
