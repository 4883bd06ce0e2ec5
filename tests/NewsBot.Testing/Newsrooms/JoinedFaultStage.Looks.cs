using System.Text.RegularExpressions;

namespace NewsBot.Testing.Newsrooms;

/// <content>What the sides show.</content>
public sealed partial class JoinedFaultStage
{
    /// <summary>Every reply has to stand once on every side as it is now, and no deleted one anywhere.</summary>
    public async Task<string> ProblemAsync(long story, IReadOnlyList<ScriptReply> replies)
    {
        var said = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            [Discord] = AtDiscord(story),
            [Slack] = AtSlack(story),
            [Web] = await OnWebAsync(story),
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
                var found = texts.Select(text => any.Match(text)).Where(match => match.Success).ToList();
                var isRight = reply.IsDeleted ? found.Count == 0 : found.Count == 1 && found[0].Value == reply.Text;
                if (!isRight)
                {
                    return $"“{reply.Text}” of {reply.Channel}{(reply.IsDeleted ? ", deleted," : "")} stands {found.Count} times at {side}: {string.Join(" | ", texts)}";
                }
            }
        }

        return "";
    }

    // In the channel and in the card's thread, which has the card's id.
    private List<string> AtDiscord(long story)
    {
        List<string> texts = [];
        foreach (var card in room.Discord.FindCards(story))
        {
            lock (room.Discord.Discord.State.Sync)
            {
                texts.AddRange(
                    new[] { card.Channel, card.Message }
                        .Distinct()
                        .Where(room.Discord.Discord.State.World.Messages.ContainsKey)
                        .SelectMany(place => room.Discord.Discord.State.World.Messages[place].Values)
                        .Select(message => message.Content)
                );
            }
        }

        return texts;
    }

    private List<string> AtSlack(long story) =>
        [
            .. room
                .Slack.FindCards(story)
                .SelectMany(card => room.Slack.Slack.State.Messages(card.Channel))
                .Select(message => message["text"]?.ToString() ?? ""),
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
}
