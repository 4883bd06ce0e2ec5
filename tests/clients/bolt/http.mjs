// Judges the emulator with Bolt over signed requests, and with an install: prints a line for each check.
import bolt from "@slack/bolt";
import assert from "node:assert/strict";
import { check, fault, order, readStart, state, until } from "../shared/emulator.mjs";
import { Human } from "./emulator.mjs";
import { filterModal } from "./views.mjs";

const start = readStart();
const [alice, bob] = start.humans.slice(-2).map((human) => new Human(start, human));
const news = start.channelIds.public;
const endpoints = ["events", "commands", "interactions", "options"].map((name) => `/slack/${name}`);
const receiver = new bolt.HTTPReceiver({ signingSecret: start.signingSecret, endpoints, logLevel: "error" });
const app = new bolt.App({ token: start.botToken, receiver, clientOptions: { slackApiUrl: start.apiBaseUrl }, logLevel: "error" });
const seen = [];

app.message(async ({ message, context }) => seen.push({ message, context }));
app.command("/news", async ({ command, ack, client }) => {
  await ack(`You typed ${command.text}`);
  if (command.text === "modal") {
    await client.views.open({ trigger_id: command.trigger_id, view: filterModal() });
  }
});
app.view("filter", async ({ ack }) => ack({ response_action: "errors", errors: { words: "No such word" } }));
app.options("source", async ({ ack }) =>
  ack({ options: [{ text: { type: "plain_text", text: "Harbour Post" }, value: "harbour" }] }),
);

const heard = (ts) => until(`${ts} is heard`, () => seen.find((one) => one.message.ts === ts));

async function provesItself() {
  const server = await app.start(0);
  const url = `http://127.0.0.1:${server.address().port}/slack`;
  assert.ok((await order(start, "delivery", { url })).ok);
  await app.client.conversations.join({ channel: news });
}

async function hearsPeople() {
  const ts = await alice.say(news, "Over HTTP");
  assert.equal((await heard(ts)).context.retryNum, undefined);
}

async function hearsAgain(script, reason) {
  await fault(start, { ...script, match: { event: "message" } });
  const ts = await alice.say(news, "Told again");
  const told = await until("the retry is heard", () =>
    seen.find((one) => one.message.ts === ts && one.context.retryNum === 1),
  );
  assert.equal(told.context.retryReason, reason);
  return seen.filter((one) => one.message.ts === ts).length;
}

async function answers() {
  assert.ok(JSON.stringify((await bob.slash("/news", "latest", news)).answers).includes("You typed latest"));
  await bob.slash("/news", "modal", news);
  const shown = await until("the modal is open", async () => (await bob.inbox()).find((one) => one.kind === "view"));
  const choices = await bob.suggest(shown.data.id, "source", "har");
  assert.ok(JSON.stringify(choices.answers).includes("Harbour Post"));
  const wrong = await bob.submit(shown.data.id, { words: "anything" });
  assert.equal(wrong.answers[0].kind, "errors");
}

async function installs() {
  const { id } = await order(start, "workspace", { name: "The Lighthouse", owner: "keeper" });
  const back = "https://news.example/slack/oauth";
  const installer = new bolt.HTTPReceiver({
    signingSecret: start.signingSecret,
    clientId: start.clientId,
    clientSecret: start.clientSecret,
    stateSecret: "a secret",
    scopes: ["chat:write", "commands", "channels:read"],
    installerOptions: { authorizationUrl: start.authorizeUrl, clientOptions: { slackApiUrl: start.apiBaseUrl } },
  }).installer;
  const link = new URL(await installer.generateInstallUrl({ scopes: ["chat:write", "commands"], redirectUri: back }));
  link.searchParams.set("user", "keeper");
  link.searchParams.set("team", id);
  const agreed = await fetch(link, { redirect: "manual" });
  const code = new URL(agreed.headers.get("location")).searchParams.get("code");
  const secrets = { client_id: start.clientId, client_secret: start.clientSecret, code, redirect_uri: back };
  const granted = await app.client.oauth.v2.access(secrets);
  assert.equal(granted.team.id, id);
  assert.equal(granted.scope, "chat:write,commands");
  const me = await app.client.auth.test({ token: granted.access_token });
  assert.equal(me.team_id, id);
  await assert.rejects(app.client.oauth.v2.access(secrets), (error) => error.data.error === "invalid_code");
  assert.equal((await app.client.auth.revoke({ token: granted.access_token })).revoked, true);
  await assert.rejects(
    app.client.auth.test({ token: granted.access_token }),
    (error) => error.data.error === "account_inactive",
  );
}

try {
  await check("proves that the address is its own", provesItself);
  await check("hears people", hearsPeople);
  await check("refuses a wrong signature and hears the retry", async () =>
    assert.equal(await hearsAgain({ kind: "wrong_signature" }, "http_error"), 1),
  );
  await check("refuses an old request and hears the retry", async () =>
    assert.equal(await hearsAgain({ kind: "stale_timestamp" }, "http_error"), 1),
  );
  await check("hears again what its answer was lost for", async () =>
    assert.equal(await hearsAgain({ kind: "lose_ack" }, "http_timeout"), 2),
  );
  await check("answers commands, choices and modals", answers);
  await check("is installed in another workspace and removed again", installs);
  assert.equal((await state(start)).given_up, 0);
  await app.stop();
  process.stdout.write("Bolt is content\n");
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(1);
}
