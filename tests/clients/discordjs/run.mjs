// Judges the emulator with discord.js: prints a line for each check and ends with 1 at the first that fails.
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  EmbedBuilder,
  Events,
  MessageFlags,
  MessageType,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import assert from "node:assert/strict";
import { check, fault, state, until } from "../shared/emulator.mjs";
import { alice, bob, client, count, forum, heard, interaction, seen, start, text } from "./judge.mjs";

async function logsIn() {
  await client.login(start.botToken);
  await heard(Events.ClientReady);
  assert.equal(client.user.id, start.applicationId);
  assert.equal(client.application.id, start.applicationId);
  assert.ok(client.user.bot);
  const guild = client.guilds.cache.get(start.guildId);
  assert.ok(guild.available);
  assert.ok(guild.channels.cache.get(text).isTextBased());
  assert.ok(guild.channels.cache.get(forum).isThreadOnly());
  assert.ok(guild.roles.everyone);
  assert.ok(guild.members.me.permissionsIn(text).has("SendMessages"));
}

async function setsCommands() {
  const guild = client.guilds.cache.get(start.guildId);
  const set = await guild.commands.set([
    {
      name: "news",
      description: "Reads the news",
      options: [
        {
          name: "latest",
          description: "The latest",
          type: ApplicationCommandOptionType.Subcommand,
          options: [
            { name: "words", description: "What about", type: ApplicationCommandOptionType.String, autocomplete: true },
            { name: "private", description: "For you alone", type: ApplicationCommandOptionType.Boolean },
          ],
        },
      ],
    },
    { name: "Comment number", type: ApplicationCommandType.Message },
  ]);
  assert.equal(set.size, 2);
  const listed = await guild.commands.fetch();
  assert.deepEqual([...listed.keys()].sort(), [...set.keys()].sort());
  assert.equal(listed.find((command) => command.name === "news").options[0].options[0].autocomplete, true);
  const edited = await guild.commands.edit(set.find((command) => command.name === "news"), { description: "All news" });
  assert.equal(edited.description, "All news");
}

const command = async (name) => {
  const all = await client.guilds.cache.get(start.guildId).commands.fetch();
  const { id, type, version } = all.find((one) => one.name === name);
  return { id, name, type, version };
};
const latest = async (options = []) => ({
  ...(await command("news")),
  options: [{ name: "latest", type: ApplicationCommandOptionType.Subcommand, options }],
});
const heardPrivately = (human, words) =>
  until(`${human.name} reads ${words}`, async () => JSON.stringify(await human.inbox()).includes(words));

async function hearsPeople() {
  const sent = await alice.say(text, "Grüße, 世界 🦊");
  const [message] = await heard(Events.MessageCreate, (one) => one.id === sent.id);
  assert.equal(message.content, "Grüße, 世界 🦊");
  assert.equal(message.author.bot, false);
  assert.equal(message.type, MessageType.Default);
  assert.equal(message.guildId, start.guildId);
  assert.ok(message.member.displayName);
  await alice.call("PATCH", `/channels/${text}/messages/${sent.id}`, { content: "Edited" });
  const [, after] = await heard(Events.MessageUpdate, (_, one) => one.id === sent.id && one.editedAt);
  assert.equal(after.content, "Edited");
  const answer = await bob.say(text, "An answer", { message_reference: { message_id: sent.id } });
  const [reply] = await heard(Events.MessageCreate, (one) => one.id === answer.id);
  assert.equal(reply.type, MessageType.Reply);
  assert.equal((await reply.fetchReference()).id, sent.id);
  await bob.call("PUT", `/channels/${text}/messages/${sent.id}/reactions/${encodeURIComponent("👍")}/@me`);
  const [reaction] = await heard(Events.MessageReactionAdd, (one) => one.message.id === sent.id);
  assert.equal(reaction.emoji.name, "👍");
  await bob.call("DELETE", `/channels/${text}/messages/${sent.id}/reactions/${encodeURIComponent("👍")}/@me`);
  await heard(Events.MessageReactionRemove, (one) => one.message.id === sent.id);
  await bob.call("DELETE", `/channels/${text}/messages/${answer.id}`);
  await heard(Events.MessageDelete, (one) => one.id === answer.id);
  const history = await message.channel.messages.fetch({ limit: 10, cache: false });
  assert.ok(history.has(sent.id) && !history.has(answer.id));
}

async function writesAndOpensThreads() {
  const channel = client.channels.cache.get(text);
  const card = await channel.send({
    embeds: [new EmbedBuilder().setTitle("Harbour opens").setURL("https://news.example/1").setDescription("Two ships.")],
    components: [
      new ActionRowBuilder().addComponents(
        new ButtonBuilder().setLabel("Read").setStyle(ButtonStyle.Link).setURL("https://news.example/1"),
        new ButtonBuilder().setLabel("Discuss (0)").setStyle(ButtonStyle.Secondary).setCustomId("discuss:1"),
      ),
    ],
    allowedMentions: { parse: [] },
    nonce: "card-1",
    enforceNonce: true,
  });
  assert.equal(card.embeds[0].title, "Harbour opens");
  assert.equal(card.components[0].components[1].customId, "discuss:1");
  const again = await channel.send({ content: "Once only", nonce: "card-1", enforceNonce: true });
  assert.equal(again.id, card.id);
  const thread = await card.startThread({ name: "Harbour opens", autoArchiveDuration: 1440 });
  assert.equal(thread.id, card.id);
  await heard(Events.ThreadCreate, (one) => one.id === thread.id);
  const asked = await bob.say(text, "Shall we talk about it?");
  const talk = await bob.call("POST", `/channels/${text}/messages/${asked.id}/threads`, { name: "A talk" });
  const [ofBob] = await heard(Events.ThreadCreate, (one, isNew) => one.id === talk.id && isNew);
  assert.equal(ofBob.id, asked.id);
  const said = await alice.say(thread.id, "In the thread");
  const [inThread] = await heard(Events.MessageCreate, (one) => one.id === said.id);
  assert.ok(inThread.channel.isThread());
  assert.equal(inThread.channel.parentId, text);
  await thread.setArchived(true);
  await heard(Events.ThreadUpdate, (_, one) => one.id === thread.id && one.archived);
  await thread.setArchived(false);
  const active = await client.guilds.cache.get(start.guildId).channels.fetchActiveThreads();
  assert.ok(active.threads.has(thread.id));
  await card.edit({ content: "Corrected", allowedMentions: { parse: [] } });
  assert.equal((await channel.messages.fetch({ message: card.id, force: true })).content, "Corrected");
  await card.react("👀");
  const short = await channel.send("Short-lived");
  await short.delete();
  await heard(Events.MessageDelete, (one) => one.id === short.id);
  return card;
}

async function postsInForumAndByWebhook() {
  const channel = client.channels.cache.get(forum);
  const post = await channel.threads.create({
    name: "A story of its own",
    message: { content: "The story" },
    appliedTags: channel.availableTags.slice(0, 1).map((tag) => tag.id),
  });
  assert.equal(post.parentId, forum);
  assert.equal((await post.fetchStarterMessage()).id, post.id);
  const said = await bob.say(post.id, "A reply in the forum");
  await heard(Events.MessageCreate, (one) => one.id === said.id && one.channelId === post.id);
  const hook = await channel.createWebhook({ name: "Mirror" });
  const copy = await hook.send({ content: "A copy", username: "alice via page", threadId: post.id });
  const [copied] = await heard(Events.MessageCreate, (one) => one.id === copy.id);
  assert.equal(copied.webhookId, hook.id);
  assert.equal(copied.author.username, "alice via page");
  const changed = await hook.editMessage(copy.id, { content: "A corrected copy", threadId: post.id });
  assert.equal(changed.content, "A corrected copy");
  await hook.deleteMessage(copy.id, post.id);
  await heard(Events.MessageDelete, (one) => one.id === copy.id);
  await hook.delete();
}

async function answersCommands(card) {
  await alice.interact(2, text, await latest());
  const first = await interaction((one) => one.isChatInputCommand());
  first.taken = true;
  assert.equal(first.options.getSubcommand(), "latest");
  assert.equal(first.user.username, (await client.users.fetch(first.user.id)).username);
  assert.ok(first.memberPermissions);
  await first.reply("Here is the latest");
  assert.equal((await first.fetchReply()).content, "Here is the latest");

  const words = [{ name: "words", type: ApplicationCommandOptionType.String, value: "harbour" }];
  await bob.interact(2, text, await latest([...words, { name: "private", type: 5, value: true }]));
  const second = await interaction((one) => one.isChatInputCommand());
  second.taken = true;
  assert.equal(second.options.getString("words"), "harbour");
  assert.equal(second.options.getBoolean("private"), true);
  await second.deferReply({ flags: MessageFlags.Ephemeral });
  await second.editReply("Found after a while");
  await heardPrivately(bob, "Found after a while");
  await second.followUp({ content: "And one more", flags: MessageFlags.Ephemeral });
  await heardPrivately(bob, "And one more");
  await assert.rejects(second.reply("Twice"));

  await alice.interact(4, text, await latest([{ ...words[0], value: "har", focused: true }]));
  const typed = await interaction((one) => one.isAutocomplete());
  typed.taken = true;
  assert.equal(typed.options.getFocused(), "har");
  await typed.respond([{ name: "Harbour choice", value: "harbour" }]);
  await heardPrivately(alice, "Harbour choice");

  await alice.interact(2, text, { ...(await command("Comment number")), target_id: card.id });
  const asked = await interaction((one) => one.isMessageContextMenuCommand());
  asked.taken = true;
  assert.equal(asked.targetMessage.id, card.id);
  await asked.reply({ content: "It has number 12", flags: MessageFlags.Ephemeral });
  await heardPrivately(alice, "It has number 12");
}

async function answersClicks(card) {
  await bob.interact(3, text, { component_type: 2, custom_id: "discuss:1" }, { message_id: card.id });
  const click = await interaction((one) => one.isButton());
  click.taken = true;
  assert.equal(click.message.id, card.id);
  await click.update({ content: "Discussed once" });
  await heard(Events.MessageUpdate, (_, one) => one.id === card.id && one.content === "Discussed once");

  await bob.interact(3, text, { component_type: 2, custom_id: "discuss:1" }, { message_id: card.id });
  const next = await interaction((one) => one.isButton());
  next.taken = true;
  await next.showModal(
    new ModalBuilder()
      .setCustomId("filter:1")
      .setTitle("Filter")
      .addComponents(
        new ActionRowBuilder().addComponents(
          new TextInputBuilder().setCustomId("words").setLabel("Words").setStyle(TextInputStyle.Short),
        ),
      ),
  );
  await heardPrivately(bob, "filter:1");
  const typed = { type: 4, custom_id: "words", value: "ships" };
  await bob.interact(5, text, { custom_id: "filter:1", components: [{ type: 1, components: [typed] }] });
  const sent = await interaction((one) => one.isModalSubmit());
  sent.taken = true;
  assert.equal(sent.fields.getTextInputValue("words"), "ships");
  await sent.reply({ content: "Filter kept", flags: MessageFlags.Ephemeral });
  await heardPrivately(bob, "Filter kept");
}

async function keepsItsLimits() {
  const channel = client.channels.cache.get(text);
  const before = count("429", () => true);
  const sent = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((number) => channel.send(`Number ${number} of seven`)));
  assert.equal(new Set(sent.map((one) => one.id)).size, 7);
  assert.equal(count("429", () => true), before, "the headers promised more than was allowed");

  for (const scope of ["user", "shared", "global"]) {
    const match = { method: "POST", route: "/channels/{channel}/messages" };
    await fault(start, { kind: "429", scope, match, retry_after: 0.3 });
    const one = await channel.send(`Sent in spite of a 429 of the scope ${scope}`);
    const history = await channel.messages.fetch({ limit: 20, cache: false });
    assert.equal(history.filter((other) => other.content === one.content).size, 1);
  }
  assert.equal(count("429", () => true), before + 3);
}

async function survives(name, script, event) {
  const before = count(event, () => true);
  await fault(start, script);
  const said = await alice.say(text, `Said during ${name}`);
  await until(`${event} is heard`, () => count(event, () => true) > before);
  await heard(Events.MessageCreate, (one) => one.id === said.id);
  const after = await bob.say(text, `Said after ${name}`);
  await heard(Events.MessageCreate, (one) => one.id === after.id);
  assert.equal(count(Events.MessageCreate, (one) => one.id === said.id), 1);
}

try {
  await check("logs in and knows its guild", logsIn);
  await check("sets, lists and edits commands", setsCommands);
  await check("hears people write, edit, answer, react and delete", hearsPeople);
  const card = await check("writes, edits and opens threads", writesAndOpensThreads);
  await check("posts in a forum and by webhook", postsInForumAndByWebhook);
  await check("answers commands", () => answersCommands(card));
  await check("answers clicks and modals", () => answersClicks(card));
  await check("keeps its limits and survives a 429 of each scope", keepsItsLimits);
  await check("resumes after a cut connection", () =>
    survives("a cut", { gateway: true, kind: "abort" }, Events.ShardResume),
  );
  await check("resumes when asked to reconnect", () =>
    survives("opcode 7", { gateway: true, kind: "reconnect" }, Events.ShardResume),
  );
  await check("resumes after close code 4000", () =>
    survives("4000", { gateway: true, kind: "close", code: 4000 }, Events.ShardResume),
  );
  await check("asks for a new session when told its own is gone", async () => {
    const before = (await state(start)).gateway.identifies;
    await fault(start, { gateway: true, kind: "invalid_session" });
    await until("it has identified anew", async () => (await state(start)).gateway.identifies === before + 1);
    const said = await alice.say(text, "In the new session");
    await heard(Events.MessageCreate, (one) => one.id === said.id);
  });
  await client.destroy();
  assert.equal(count(Events.Error, () => true), 0, "an error was raised");
  assert.equal(count(Events.ShardError, () => true), 0, "a shard raised an error");
  process.stdout.write("discord.js is content\n");
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error.stack ?? error}\n`);
  const heardOf = seen.slice(-15).map((one) => one.event);
  process.stderr.write(`Heard last: ${heardOf.join(", ")}\n`);
  process.exit(1);
}
