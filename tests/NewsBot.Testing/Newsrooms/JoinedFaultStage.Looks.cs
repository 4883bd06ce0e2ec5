using System.Text.RegularExpressions;

namespace NewsBot.Testing.Newsrooms;

/// <content>What the sides show.</content>
public sealed partial class JoinedFaultStage
{
    /// <summary>
    /// Every reply has to stand once on every side as it is now, and no deleted one anywhere. What a moderator removed may
    /// stay away, and what a webhook posted that somebody deleted can be taken back, but not be changed by anybody.
    /// </summary>
    public async Task<string> ProblemAsync(long story, IReadOnlyList<ScriptReply> replies)
    {
        var said = new Dictionary<string, IReadOnlyList<Shown>>(StringComparer.Ordinal)
        {
            [Discord] = AtDiscord(story),
            [Slack] = AtSlack(story),
            [Web] = [.. (await OnWebAsync(story)).Select(text => new Shown(text, IsFixed: false))],
        };
        foreach (var reply in replies)
        {
            if (!await CanBeToldAsync(reply))
            {
                continue;
            }

            var any = new Regex(
                $"{Regex.Escape(reply.FirstText)}(, edited)*$",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)
            );
            foreach (var (side, texts) in said)
            {
                var found = texts
                    .Select(shown => (any.Match(shown.Text).Value, shown.IsFixed))
                    .Where(match => match.Value.Length > 0)
                    .ToList();
                var mayBeAway = _removed.Contains((side, reply.FirstText));
                var isRight =
                    found.Count == 0
                        ? reply.IsDeleted || mayBeAway
                        : !reply.IsDeleted && found.Count == 1 && (found[0].IsFixed || found[0].Value == reply.Text);
                if (!isRight)
                {
                    return $"“{reply.Text}” of {reply.Channel}{(reply.IsDeleted ? ", deleted," : "")} stands {found.Count} times at {side}: {string.Join(" | ", texts.Select(shown => shown.Text))}";
                }
            }
        }

        return "";
    }

    // In the channel and in the card's thread, which has the card's id.
    private List<Shown> AtDiscord(long story)
    {
        var state = room.Discord.Discord.State;
        List<Shown> texts = [];
        foreach (var card in room.Discord.FindCards(story))
        {
            lock (state.Sync)
            {
                texts.AddRange(
                    new[] { card.Channel, card.Message }
                        .Distinct()
                        .Where(state.World.Messages.ContainsKey)
                        .SelectMany(place => state.World.Messages[place].Values)
                        .Select(message => new Shown(
                            message.Content,
                            message.WebhookId is { } webhook && !state.World.Webhooks.ContainsKey(webhook)
                        ))
                );
            }
        }

        return texts;
    }

    private List<Shown> AtSlack(long story) =>
        [
            .. room
                .Slack.FindCards(story)
                .SelectMany(card => room.Slack.Slack.State.Messages(card.Channel))
                .Select(message => new Shown(message["text"]?.ToString() ?? "", IsFixed: false)),
        ];

    private Task<IReadOnlyList<string>> OnWebAsync(long story) =>
        Newsroom.WordsAsync(
            """
            SELECT COALESCE(c.body, w.body)
            FROM web_message w LEFT JOIN comment c ON w.post_key = 'comment:' || c.id || '/0'
            WHERE w.channel_id = @Channel AND w.deleted_at IS NULL AND (w.member_id IS NOT NULL OR c.id IS NOT NULL)
            """,
            new { Channel = _webOf[story] }
        );

    /// <param name="Text">What stands there.</param>
    /// <param name="IsFixed">Whether nobody can change it any more.</param>
    private sealed record Shown(string Text, bool IsFixed);
}
