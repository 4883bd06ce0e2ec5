using System.Globalization;
using NewsBot.Testing.Checking;

namespace NewsBot.Testing.Simulation;

/// <summary>Where people find cards and each other's words, as they see them.</summary>
internal sealed class CardFinder(World world)
{
    /// <returns>The card of a story in the instant channel of a side; null where none stands.</returns>
    public Card? Find(string headline, Side side)
    {
        var story = world.Number("SELECT COALESCE(MAX(id), 0) FROM story WHERE headline = @headline", new { headline });
        if (story == 0)
        {
            return null;
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"discuss:{story}:");
        return side switch
        {
            Side.Discord => AtDiscord(key),
            Side.Slack => AtSlack(key),
            _ => world.Number(
                """
                SELECT COALESCE(MAX(id), 0) FROM web_message
                WHERE channel_id = @Channel AND post_key = 'story:' || @story || '/0' AND deleted_at IS NULL
                """,
                new { Channel = world.Channels.Web, story }
            )
                is > 0
                    and var message
                ? new Card("", message.ToString(CultureInfo.InvariantCulture))
                : null,
        };
    }

    /// <returns>The message below a card, by whomever, that ends with somebody's words; null for none.</returns>
    public ulong? InThread(Card card, string mark) =>
        world.Discord.State.World.Messages.TryGetValue(
            ulong.Parse(card.Message, CultureInfo.InvariantCulture),
            out var messages
        )
            ? messages
                .Values.LastOrDefault(message =>
                    message.Content.Contains(mark, StringComparison.Ordinal)
                    // A copy quotes what it answers before its own words.
                    && message.Content.LastIndexOf('m') == message.Content.IndexOf(mark, StringComparison.Ordinal)
                )
                ?.Id
            : null;

    /// <returns>The message of the built-in chat that shows somebody's words; null for none.</returns>
    public long? OnWeb(SaidReply reply) =>
        world.Number(
            """
            SELECT COALESCE(MAX(w.id), 0) FROM web_message w
            LEFT JOIN comment c ON w.post_key = 'comment:' || c.id || '/0'
            WHERE w.channel_id = @Channel AND w.deleted_at IS NULL AND COALESCE(c.body, w.body) LIKE @Body
              AND (c.id IS NULL OR c.state = 'visible') AND (c.id IS NOT NULL OR w.member_id IS NOT NULL)
            """,
            new { Channel = world.Channels.Web, Body = $"%{reply.Mark}%" }
        )
            is > 0
                and var found
            ? found
            : null;

    private Card? AtDiscord(string key)
    {
        foreach (var (place, messages) in world.Discord.State.World.Messages)
        {
            foreach (var message in messages.Values)
            {
                if (
                    message.AuthorId == world.Discord.BotUserId
                    && IsIn(place)
                    && message.Components.ToJsonString().Contains(key, StringComparison.Ordinal)
                )
                {
                    return new Card($"{place}", $"{message.Id}");
                }
            }
        }

        return null;

        // The card of a forum is the first message of its own thread.
        bool IsIn(ulong place) =>
            place == world.Channels.AtDiscord
            || world.Discord.State.World.Channels[place].ParentId == world.Channels.AtDiscord;
    }

    private Card? AtSlack(string key) =>
        world
            .Slack.State.World.Messages.GetValueOrDefault(world.Channels.AtSlack)
            ?.Values.Where(message =>
                message is { ByBot: true, Tombstone: false, IsReply: false }
                && message.Blocks?.ToJsonString().Contains(key, StringComparison.Ordinal) == true
            )
            .Select(message => new Card(message.ChannelId, message.Ts))
            .FirstOrDefault();
}

/// <param name="Place">The platform's channel; empty in the built-in chat.</param>
/// <param name="Message">The platform's message.</param>
internal sealed record Card(string Place, string Message);
