using DiscordFaults = NewsBot.Testing.Servers.FakeDiscord.Faults;
using SlackFaults = NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Testing.Newsrooms;

/// <content>What strangers, moderators and the platforms themselves do to the bot.</content>
public sealed partial class JoinedFaultStage
{
    // By the clock of the newsroom; a few seconds of the wall's.
    private static readonly TimeSpan Exhausted = TimeSpan.FromSeconds(30);

    // Copies that a moderator removed, by their side and their first words.
    private readonly HashSet<(string Side, string FirstText)> _removed = [];

    private bool _isAway;

    public async Task<string> MeddleAsync(long story, IReadOnlyList<ScriptReply> replies, Random random)
    {
        if (_isAway)
        {
            await ComeBackAsync();
            return "the bot is back in its guild";
        }

        switch (random.Next(7))
        {
            case 0:
                return DeleteWebhook(story);
            case 1:
                return RemoveAtDiscord(story, replies, random);
            case 2:
                return RemoveAtSlack(story, replies, random);
            case 3:
                room.Discord.Discord.Driver.RemoveBot();
                _isAway = true;
                return "the bot is thrown out of its guild";
            case 4:
                room.Discord.Discord.Faults.Add(
                    new DiscordFaults.FakeFaultRule(DiscordFaults.FakeFaultKind.User)
                    {
                        Route = "/webhooks/{webhook}/{token}",
                        RetryAfter = Exhausted,
                        Count = 2,
                    }
                );
                return "Discord takes no copies for a while";
            case 5:
                room.Slack.Slack.Faults.Add(
                    new SlackFaults.FakeFaultRule(SlackFaults.FakeFaultKind.RateLimited)
                    {
                        Method = "chat.postMessage",
                        RetryAfter = Exhausted,
                        Count = 2,
                    }
                );
                return "Slack takes no messages for a while";
            default:
                return Kick(story);
        }
    }

    private string Kick(long story)
    {
        if (room.Slack.FindCards(story) is not [var card, ..])
        {
            return "";
        }

        room.Slack.Slack.Driver.Kick(card.Channel);
        return "the bot is taken out of its channel in Slack";
    }

    private async Task ComeBackAsync()
    {
        if (!_isAway)
        {
            return;
        }

        room.Discord.Discord.Driver.InviteBot();
        _isAway = false;
        await Newsroom.UntilAsync("SELECT COUNT(*) FROM workspace WHERE removed_at IS NOT NULL", 0);
    }

    private string DeleteWebhook(long story)
    {
        if (room.Discord.FindCards(story) is not [var card, ..])
        {
            return "";
        }

        var state = room.Discord.Discord.State;
        ulong? found;
        lock (state.Sync)
        {
            var channel = state.World.Channels[card.Channel];
            found = state
                .World.Webhooks.Values.FirstOrDefault(webhook =>
                    webhook.ChannelId == channel.Id || webhook.ChannelId == channel.ParentId
                )
                ?.Id;
        }

        if (found is not { } id)
        {
            return "";
        }

        room.Discord.Discord.Driver.DeleteWebhook(id);
        return "somebody deletes the webhook";
    }

    private string RemoveAtDiscord(long story, IReadOnlyList<ScriptReply> replies, Random random)
    {
        if (
            room.Discord.FindCards(story) is not [var card, ..]
            || Pick(replies, Discord, random) is not { } reply
            || FindAtDiscord(card, reply.Text) is not { } copy
        )
        {
            return "";
        }

        room.Discord.Discord.Driver.DeleteMessage(copy.Channel, copy.Message);
        _removed.Add((Discord, reply.FirstText));
        return $"a moderator of Discord removes the copy of: {reply.Text}";
    }

    private string RemoveAtSlack(long story, IReadOnlyList<ScriptReply> replies, Random random)
    {
        if (
            room.Slack.FindCards(story) is not [var card, ..]
            || Pick(replies, Slack, random) is not { } reply
            || room
                .Slack.Slack.State.Messages(card.Channel)
                .FirstOrDefault(message =>
                    message["text"]?.ToString().EndsWith(reply.Text, StringComparison.Ordinal) == true
                )
                is not { } copy
        )
        {
            return "";
        }

        room.Slack.Slack.Driver.DeleteMessage(card.Channel, copy["ts"]!.ToString());
        _removed.Add((Slack, reply.FirstText));
        return $"an admin of Slack removes the copy of: {reply.Text}";
    }

    private static ScriptReply? Pick(IReadOnlyList<ScriptReply> replies, string side, Random random)
    {
        var elsewhere = replies.Where(reply => !reply.IsDeleted && Place.Of(reply).Side != side).ToList();
        return elsewhere.Count == 0 ? null : elsewhere[random.Next(elsewhere.Count)];
    }
}
