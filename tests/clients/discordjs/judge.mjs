// The bot that judges: everything it hears is kept, so that a check may ask for it before or after it comes.
import { Client, Events, GatewayIntentBits, Partials } from "discord.js";
import { readStart, until } from "../shared/emulator.mjs";
import { Human } from "./emulator.mjs";

export const start = readStart();
// The last two hold no office.
export const [alice, bob] = start.humans.slice(-2).map((human) => new Human(start, human));
export const { text, forum } = start.channelIds;

export const client = new Client({
  intents: [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildModeration,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.GuildMessageReactions,
    GatewayIntentBits.DirectMessages,
    GatewayIntentBits.MessageContent,
  ],
  partials: [Partials.Message, Partials.Channel, Partials.Reaction],
  // The library adds the version itself.
  rest: { api: start.apiBaseUrl.replace(/\/v10\/?$/, ""), version: "10" },
});

export const seen = [];
for (const event of Object.values(Events)) {
  if (event !== Events.Debug && event !== Events.Raw && event !== Events.CacheSweep) {
    client.on(event, (...args) => seen.push({ event, args }));
  }
}
client.rest.on("restDebug", (said) => {
  if (said.includes("unexpected 429")) {
    seen.push({ event: "429", args: [said] });
  }
});

/** The first thing of an event that fits, since the test began or still to come. */
export const heard = (event, fits = () => true) =>
  until(`${event} is heard`, () => seen.find((one) => one.event === event && fits(...one.args))?.args);
export const count = (event, fits) => seen.filter((one) => one.event === event && fits(...one.args)).length;
/** The next interaction that is answered here and nowhere else. */
export const interaction = async (fits) => (await heard(Events.InteractionCreate, (one) => !one.taken && fits(one)))[0];
