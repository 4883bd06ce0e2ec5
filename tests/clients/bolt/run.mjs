// Judges the emulator with Bolt over Socket Mode: prints a line for each check and ends with 1 at the first that fails.
import assert from "node:assert/strict";
import { check, fault, state, until } from "../shared/emulator.mjs";
import { alice, app, archived, bob, count, desk, heard, news, note, raw, rawOf, reads, said, seen, shows, start } from "./judge.mjs";
import { card, filterModal, wordsModal } from "./views.mjs";

const web = app.client;

app.message(note("message"));
app.event("message", note("any message"));
app.event("reaction_added", note("reaction"));
app.command("/news", async ({ command, ack, respond, client }) => {
  seen.push({ kind: "command", command });
  if (command.text === "modal") {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: filterModal() });
  } else if (command.text === "silent") {
    await ack();
    await respond({ text: "Found after a while", response_type: "ephemeral" });
    await respond({ text: "And for all to see", response_type: "in_channel" });
  } else {
    await ack({ text: `You typed ${command.text}`, response_type: "ephemeral" });
  }
});
app.view("filter", async ({ ack, view, body }) => {
  const words = view.state.values.words.typed.value;
  seen.push({ kind: "submission", view, body });
  if (words === "wrong") {
    await ack({ response_action: "errors", errors: { words: "No such word" } });
  } else if (words === "more") {
    await ack({ response_action: "update", view: wordsModal("Two steps") });
  } else {
    await ack();
  }
});
app.view("words", note("second submission"));
app.view({ callback_id: "words", type: "view_closed" }, note("closing"));
app.options("source", async ({ options, ack }) => {
  seen.push({ kind: "options", options });
  await ack({ options: [{ text: { type: "plain_text", text: "Harbour Post" }, value: "harbour" }] });
});
app.action("discuss", async ({ ack, respond, body, client, action }) => {
  await ack();
  seen.push({ kind: "click", body, action });
  if (action.value === "private") {
    await client.chat.postEphemeral({ channel: body.channel.id, user: body.user.id, text: "For you alone" });
  } else {
    await respond({ replace_original: true, text: "Discussed once", blocks: card("Discussed once", "private") });
  }
});
app.action("look", note("look"));
app.shortcut("comment_number", async ({ shortcut, ack, respond }) => {
  await ack();
  seen.push({ kind: "shortcut", shortcut });
  await respond({ text: "It has number 12", response_type: "ephemeral" });
});

async function connects() {
  await app.start();
  const { sockets } = await until("a socket is open", async () => {
    const all = await state(start);
    return all.sockets.open === 1 ? all : undefined;
  });
  assert.equal(sockets.opened, 1);
  const me = await web.auth.test();
  assert.equal(me.team_id, start.teamId);
  assert.equal(me.user_id, start.botUserId);
  assert.equal(me.bot_id, start.botId);
  await web.conversations.join({ channel: news });
  assert.equal((await web.conversations.info({ channel: news })).channel.is_member, true);
}

async function pings() {
  const spoken = (words) => said.some((one) => one.text.includes(words));
  await until("the server has pinged", () => spoken("received ping from Slack server"));
  await until("the server has answered a ping", () => spoken("received pong from Slack server"));
}

async function hearsPeople() {
  const ts = await alice.say(news, "Grüße & 世界 🦊 https://news.example/1");
  const { message } = await heard("message", (one) => one.message.ts === ts);
  assert.equal(message.text, "Grüße &amp; 世界 🦊 <https://news.example/1>");
  assert.equal(message.user, alice.id);
  assert.equal(message.channel_type, "channel");
  assert.equal(message.blocks[0].elements[0].elements[0].text, "Grüße & 世界 🦊 ");
  await alice.web.chat.update({ channel: news, ts, text: "Edited" });
  const changed = await heard("any message", ({ event }) => event.subtype === "message_changed" && event.message.edited);
  assert.equal(changed.event.message.text, "Edited");
  assert.equal(changed.event.previous_message.text, message.text);
  const reply = await bob.say(news, "A reply", { thread_ts: ts });
  const { event } = await heard("any message", (one) => one.event.ts === reply);
  assert.equal(event.thread_ts, ts);
  assert.equal(event.parent_user_id, alice.id);
  const loud = await bob.say(news, "For all", { thread_ts: ts, reply_broadcast: true });
  const broadcast = await heard("any message", (one) => one.event.ts === loud);
  assert.equal(broadcast.event.subtype, "thread_broadcast");
  assert.equal(broadcast.event.root.ts, ts);
  await bob.web.reactions.add({ channel: news, timestamp: ts, name: "thumbsup" });
  assert.equal((await heard("reaction")).event.item.ts, ts);
  await bob.web.filesUploadV2({ channel_id: news, thread_ts: ts, filename: "a.txt", content: "A file", initial_comment: "Look" });
  const shared = await heard("any message", (one) => one.event.subtype === "file_share");
  assert.equal(shared.event.files[0].name, "a.txt");
  await alice.web.chat.delete({ channel: news, ts });
  const gone = await heard("any message", (one) => one.event.message?.subtype === "tombstone");
  assert.equal(gone.event.message.ts, ts);
  await bob.web.chat.delete({ channel: news, ts: loud });
  await heard("any message", (one) => one.event.subtype === "message_deleted" && one.event.deleted_ts === loud);
  const thread = await web.conversations.replies({ channel: news, ts });
  assert.deepEqual(thread.messages.map((one) => one.ts).slice(0, 2), [ts, reply]);
}

async function writes() {
  const posted = await web.chat.postMessage({
    channel: news,
    text: "Harbour opens",
    blocks: card("Harbour opens", "first"),
    metadata: { event_type: "card", event_payload: { key: "card-1" } },
    unfurl_links: false,
  });
  await until("its echo is heard", () => rawOf((event) => event.ts === posted.ts).length > 0);
  assert.equal(count("message", (one) => one.message.ts === posted.ts), 0, "Bolt takes its own words for somebody else's");
  const history = await web.conversations.history({ channel: news, include_all_metadata: true, limit: 3 });
  assert.equal(history.messages[0].metadata.event_payload.key, "card-1");
  const named = await web.chat.postMessage({ channel: news, text: "A copy", username: "alice via page", icon_emoji: ":fox_face:" });
  assert.equal(named.message.subtype, "bot_message");
  await web.chat.update({ channel: news, ts: named.ts, text: "A corrected copy" });
  await web.chat.delete({ channel: news, ts: named.ts });
  await web.reactions.add({ channel: news, timestamp: posted.ts, name: "eyes" });
  const link = await web.chat.getPermalink({ channel: news, message_ts: posted.ts });
  assert.match(link.permalink, /\/archives\/C\w+\/p\d{16}$/);
  const names = [];
  for await (const page of web.paginate("conversations.list", { limit: 1, types: "public_channel,private_channel" })) {
    names.push(...page.channels.map((one) => one.name));
  }
  assert.deepEqual(names.sort(), ["general", "news", "newsroom", "old-news"]);
  assert.equal((await web.users.info({ user: bob.id })).user.name, bob.name);
  return posted.ts;
}

const refusal = (call) => call.then(() => assert.fail("nothing was refused"), (error) => error.data);

async function isRefused() {
  assert.equal((await refusal(web.chat.postMessage({ channel: archived, text: "x" }))).error, "is_archived");
  assert.equal((await refusal(web.chat.postMessage({ channel: "C404", text: "x" }))).error, "channel_not_found");
  const long = { type: "section", text: { type: "mrkdwn", text: "x".repeat(3001) } };
  const blocks = await refusal(web.chat.postMessage({ channel: desk, text: "x", blocks: [long] }));
  assert.equal(blocks.error, "invalid_blocks");
  assert.match(blocks.response_metadata.messages[0], /json-pointer:\/blocks\/0\/text\/text/);
  await fault(start, { kind: "error", code: "missing_scope", needed: "pins:write", match: { method: "chat.postMessage" } });
  const scope = await refusal(web.chat.postMessage({ channel: desk, text: "x" }));
  assert.equal(scope.needed, "pins:write");
}

async function answersCommands() {
  const answer = await alice.slash("/news", "latest", news);
  assert.ok(answer.acked && shows(answer.answers, "You typed latest"));
  const { command } = await heard("command");
  assert.equal(command.channel_name, "news");
  assert.equal(command.user_id, alice.id);
  assert.ok((await bob.slash("/news", "silent", news)).acked);
  await reads(bob, "Found after a while");
  await reads(bob, "And for all to see");
  const { messages } = await web.conversations.history({ channel: news, limit: 5 });
  assert.ok(shows(messages, "And for all to see") && !shows(messages, "Found after a while"));
}

async function showsModals() {
  await alice.slash("/news", "modal", news);
  const shown = await until("the modal is open", async () => (await alice.inbox()).find((one) => one.kind === "view"));
  const view = shown.data.id;
  const choices = await alice.suggest(view, "source", "har");
  assert.ok(shows(choices.answers, "Harbour Post"));
  const wrong = await alice.submit(view, { words: "wrong" });
  assert.ok(shows(wrong.answers, "No such word"));
  const more = await alice.submit(view, { words: "more" });
  assert.ok(shows(more.answers, "Two steps"));
  await alice.clickInView(view, "look");
  assert.equal((await heard("look")).body.view.id, view);
  await alice.close(view);
  assert.equal((await heard("closing")).view.callback_id, "words");
  await bob.slash("/news", "modal", news);
  const other = await until("the modal is open", async () => (await bob.inbox()).find((one) => one.kind === "view"));
  const done = await bob.submit(other.data.id, { words: "ships" });
  assert.equal(done.answers[0].kind, "closed");
  const { view: sent } = await heard("submission", (one) => one.body.user.id === bob.id);
  assert.equal(sent.state.values.words.typed.value, "ships");
}

async function answersClicks(ts) {
  assert.ok((await bob.click(news, ts, "discuss")).acked);
  const { body } = await heard("click");
  assert.equal(body.message.ts, ts);
  assert.equal(body.container.channel_id, news);
  await until("the message is replaced", async () => {
    const { messages } = await web.conversations.history({ channel: news, oldest: ts, inclusive: true });
    return messages.find((one) => one.ts === ts).text === "Discussed once";
  });
  await bob.click(news, ts, "discuss");
  await reads(bob, "For you alone");
  await alice.shortcut(news, ts, "comment_number");
  assert.equal((await heard("shortcut")).shortcut.message_ts, ts);
  await reads(alice, "It has number 12");
}

async function keepsLimits() {
  const limited = [];
  web.on("rate_limited", (seconds) => limited.push(seconds));
  await fault(start, { kind: "429", match: { method: "chat.postMessage" }, retry_after: 1 });
  const one = await web.chat.postMessage({ channel: desk, text: "Sent in spite of a 429" });
  assert.equal(limited.length, 1);
  const sent = await Promise.all([1, 2, 3, 4, 5].map((number) => web.chat.postMessage({ channel: desk, text: `Number ${number} of five` })));
  assert.ok(limited.length > 1, "five at once were not too many");
  const { messages } = await web.conversations.history({ channel: desk });
  for (const { ts } of [one, ...sent]) {
    assert.equal(messages.filter((other) => other.ts === ts).length, 1);
  }
}

async function survives(name, script) {
  const before = (await state(start)).sockets.opened;
  await fault(start, script);
  const during = await alice.say(news, `Said during ${name}`);
  await until("a new socket is open", async () => {
    const { sockets } = await state(start);
    return sockets.opened > before && sockets.open > 0;
  });
  const after = await bob.say(news, `Said after ${name}`);
  await heard("message", (one) => one.message.ts === after);
  const { messages } = await web.conversations.history({ channel: news, oldest: during, inclusive: true });
  assert.deepEqual(messages.map((one) => one.ts), [after, during]);
}

async function hearsAgainWhatItsAckWasLostFor() {
  await fault(start, { kind: "lose_ack", match: { event: "message" } });
  const ts = await alice.say(news, "Acknowledged in vain");
  const twice = await until("it is told again", () => {
    const told = raw.filter((one) => one.body?.event?.ts === ts);
    return told.length === 2 ? told : undefined;
  });
  assert.equal(twice[0].body.event_id, twice[1].body.event_id);
  assert.notEqual(twice[0].envelope_id, twice[1].envelope_id);
  assert.equal(twice[1].retry_num, 1);
  assert.equal(twice[1].retry_reason, "timeout");
}

try {
  await check("connects and knows itself", connects);
  await check("pings and is pinged", pings);
  await check("hears people write, edit, answer, share, react and delete", hearsPeople);
  const ts = await check("writes without hearing itself", writes);
  await check("is told what is wrong", isRefused);
  await check("answers commands at once and later", answersCommands);
  await check("shows modals, their errors and next steps", showsModals);
  await check("answers clicks and shortcuts", () => answersClicks(ts));
  await check("is held to limits and survives a 429", keepsLimits);
  await check("reconnects when asked to", () => survives("a refresh", { kind: "refresh" }));
  await check("reconnects when warned", () => survives("a warning", { kind: "warning" }));
  await check("reconnects after a cut", () => survives("a cut", { kind: "cut" }));
  await check("reconnects where its goodbye is not answered", () => survives("silence", { kind: "no_close_handshake" }));
  await check("hears again what its acknowledgement was lost for", hearsAgainWhatItsAckWasLostFor);
  await app.stop();
  process.stdout.write("Bolt is content\n");
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error.stack ?? error}\n`);
  const heardOf = seen.slice(-15).map((one) => one.kind);
  process.stderr.write(`Heard last: ${heardOf.join(", ")}\n`);
  const words = said.filter((one) => one.level !== "debug").slice(-10);
  process.stderr.write(`Said last: ${words.map((one) => one.text).join("\n")}\n`);
  process.exit(1);
}
