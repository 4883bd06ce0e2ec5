using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Tests.Journeys;

/// <summary>The reference discussion held in Discord, in Slack and in the browser at once: three threads and the page agree.</summary>
public sealed class ThreeSidesScenarioTests
{
    private const char Web = 'w';
    private const char Discord = 'd';
    private const char Slack = 's';

    /// <summary>Where each reply is written, by whom, how they are shown, and what it answers.</summary>
    private static readonly (char Side, string Human, string Shown, int Parent)[] Replies =
    [
        (Web, "Inês", "Inês", 0),
        (Discord, "Tomasz", "Tomek", 0),
        (Slack, "saga_w", "Saga Wiklund", 1),
        (Discord, "Kofi", "Kofi", 1),
        (Slack, "Marguerite", "Marguerite", 0),
        (Web, "ליאור", "ליאור", 0),
        (Web, "Inês", "Inês", 6),
        (Discord, "Tomasz", "Tomek", 6),
    ];

    // One of each side.
    private static readonly int[] Edited = [1, 2, 3];
    private static readonly int[] Deleted = [4, 5, 7];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_threads_and_the_page_agree_on_eight_replies_three_edits_and_three_deletions_also_after_a_restart()
    {
        await using var room = await JoinedNewsroom.StartAsync(
            new FakeDiscordOptions { Limits = Testing.Servers.FakeDiscord.FakeLimits.Unlimited() },
            new FakeSlackOptions { Limits = Testing.Servers.FakeSlack.FakeLimits.Unlimited() }
        );
        var stage = await Stage.SetAsync(room);

        await stage.WriteAsync();
        foreach (var number in Edited)
        {
            await stage.EditAsync(number);
        }

        foreach (var number in Deleted)
        {
            await stage.DeleteAsync(number);
        }

        await AgreeAsync(stage);
        await room.Newsroom.RestartAsync();
        await room.Discord.ConnectedAsync();
        await room.Slack.ConnectedAsync();
        await AgreeAsync(stage);
        Assert.Equal(Replies.Length, await room.Newsroom.NumberAsync("SELECT COUNT(*) FROM comment"));
    }

    private static async Task AgreeAsync(Stage stage)
    {
        string[] expected =
        [
            .. Enumerable
                .Range(1, Replies.Length)
                .Where(number => !Deleted.Contains(number))
                .Select(number => $"#{number} {Text(number)}"),
        ];
        await UntilEqualAsync(expected, stage.DiscordThreadAsync);
        await UntilEqualAsync(expected, stage.SlackThreadAsync);
        await UntilEqualAsync(expected, stage.WebThreadAsync);

        var comments = await stage.Room.Newsroom.CommentsAsync(stage.Story);
        Assert.Equal([1, 3, 4, 2, 5, 6, 7, 8], comments.Select(comment => comment.GetProperty("number").GetInt32()));
        foreach (var comment in comments)
        {
            AssertComment(comment);
        }

        Assert.Equal([1, 3, 4, 2, 5, 6, 7, 8], await stage.PageNumbersAsync());
    }

    private static void AssertComment(JsonElement comment)
    {
        var number = comment.GetProperty("number").GetInt32();
        var (_, _, shown, parent) = Replies[number - 1];
        Assert.Equal(parent, comment.GetProperty("parent").GetInt32());
        if (Deleted.Contains(number))
        {
            Assert.Equal("deleted", comment.GetProperty("state").GetString());
            Assert.Equal(JsonValueKind.Null, comment.GetProperty("author").ValueKind);
            return;
        }

        Assert.Equal(Text(number), comment.GetProperty("text").GetString());
        Assert.Equal(shown, comment.GetProperty("author").GetProperty("name").GetString());
    }

    private static string Text(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"Reply {number}{(Edited.Contains(number) ? " mended" : "")}");

    private static async Task UntilEqualAsync(string[] expected, Func<Task<IReadOnlyList<string>>> ask)
    {
        IReadOnlyList<string> found = [];
        try
        {
            await RunningNewsroom.UntilAsync(async () =>
            {
                found = await ask();
                return found.SequenceEqual(expected, StringComparer.Ordinal) ? "yes" : null;
            });
        }
        catch (TimeoutException)
        {
            Assert.Equal(expected, found);
        }
    }

    /// <summary>The story's threads, and what people do there.</summary>
    private sealed class Stage
    {
        private readonly Dictionary<int, string> _messages = [];

        private Stage(JoinedNewsroom room) => Room = room;

        public JoinedNewsroom Room { get; }

        public long Story { get; private init; }

        private long WebChannel { get; init; }

        private string WebCard { get; init; } = "";

        private ulong Thread { get; init; }

        private string Channel { get; init; } = "";

        private string Parent { get; init; } = "";

        public static async Task<Stage> SetAsync(JoinedNewsroom room)
        {
            var text = room.Discord.Discord.Channels.Text;
            var channel = room.Slack.Slack.Channels.Public;
            long[] rows =
            [
                await room.WebChannelAsync("quay"),
                await room.Discord.ChannelAsync(text),
                await room.Slack.ChannelAsync(channel),
            ];
            await room.MirrorAsync(rows);
            var story = await room.Discord.StoryAsync("Harbour bridge opens to cyclists", rows);
            var card = (await room.Discord.CardsAsync(story))[0].Message;
            var parent = (await room.Slack.CardsAsync(story))[0].Ts;
            var web = await room.Newsroom.FirstCardAsync(rows[0].ToString(CultureInfo.InvariantCulture));
            return new Stage(room)
            {
                Story = story,
                WebChannel = rows[0],
                WebCard = web.GetProperty("id").GetString()!,
                Thread = card,
                Channel = channel,
                Parent = parent,
            };
        }

        /// <summary>Each reply waits until those before it stand everywhere, as people do who read what they answer.</summary>
        public async Task WriteAsync()
        {
            for (var number = 1; number <= Replies.Length; number++)
            {
                _messages[number] = await SayAsync(number);
                await Room.Newsroom.UntilCommentsAsync(number);
                await Room.Newsroom.UntilAsync(
                    "SELECT COUNT(*) FROM post WHERE subject LIKE 'comment:%' AND state = 'sent'",
                    number * 2
                );
            }
        }

        public async Task EditAsync(int number)
        {
            var text = Text(number);
            var human = Replies[number - 1].Human;
            switch (Replies[number - 1].Side)
            {
                case Discord:
                    await Room.Discord.Discord.Human(human).EditAsync(Thread, Id(number), text, Token);
                    break;
                case Slack:
                    await Room
                        .Slack.Slack.Human(human)
                        .EditAsync(Channel, _messages[number], $"{Prefix(number)}{text}", Token);
                    break;
                default:
                    using (
                        var edited = await Room.Newsroom.Http.PatchAsJsonAsync(
                            WebMessage(number),
                            new { author = human, text },
                            Token
                        )
                    )
                    {
                        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);
                    }

                    break;
            }
        }

        public async Task DeleteAsync(int number)
        {
            var human = Replies[number - 1].Human;
            switch (Replies[number - 1].Side)
            {
                case Discord:
                    await Room.Discord.Discord.Human(human).DeleteAsync(Thread, Id(number), Token);
                    break;
                case Slack:
                    await Room.Slack.Slack.Human(human).DeleteAsync(Channel, _messages[number], Token);
                    break;
                default:
                    using (
                        var deleted = await Room.Newsroom.Http.DeleteAsync(
                            $"{WebMessage(number)}?author={Uri.EscapeDataString(human)}",
                            Token
                        )
                    )
                    {
                        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
                    }

                    break;
            }
        }

        public async Task<IReadOnlyList<string>> DiscordThreadAsync()
        {
            List<(string Id, string Text)> messages = [];
            lock (Room.Discord.Discord.State.Sync)
            {
                if (Room.Discord.Discord.State.World.Messages.TryGetValue(Thread, out var found))
                {
                    messages.AddRange(
                        found.Values.Select(message =>
                            (message.Id.ToString(CultureInfo.InvariantCulture), message.Content)
                        )
                    );
                }
            }

            return await NumberedAsync("discord", messages);
        }

        public async Task<IReadOnlyList<string>> SlackThreadAsync()
        {
            List<(string Id, string Text)> messages;
            lock (Room.Slack.Slack.State.Sync)
            {
                messages =
                [
                    .. Room
                        .Slack.Slack.State.World.Messages[Channel]
                        .Values.Where(message => message.IsReply && message.ThreadTs == Parent)
                        .Select(message => (message.Ts, message.Text)),
                ];
            }

            return await NumberedAsync("slack", messages);
        }

        public async Task<IReadOnlyList<string>> WebThreadAsync()
        {
            var messages = await Room.Newsroom.WordsAsync(
                """
                SELECT m.id || ' ' || CASE WHEN m.member_id IS NULL THEN
                    (SELECT c.body FROM comment c WHERE 'comment:' || c.id || '/0' = m.post_key) ELSE m.body END
                FROM web_message m
                WHERE m.channel_id = @WebChannel AND m.story_id = @Story AND m.deleted_at IS NULL
                  AND (m.member_id IS NOT NULL OR m.post_key LIKE 'comment:%') ORDER BY m.id
                """,
                new { WebChannel, Story }
            );
            return await NumberedAsync(
                "web",
                [.. messages.Select(line => (line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..]))]
            );
        }

        public async Task<IReadOnlyList<int>> PageNumbersAsync()
        {
            var html = await Room.Newsroom.Http.GetStringAsync(new Uri($"/stories/{Story}", UriKind.Relative), Token);
            var document = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(html, Token);
            return
            [
                .. document
                    .QuerySelectorAll("li.c")
                    .Select(item => int.Parse(item.GetAttribute("value")!, CultureInfo.InvariantCulture)),
            ];
        }

        /// <summary>The messages of a thread that are comments or their copies: number and, where the message holds it, text.</summary>
        private async Task<IReadOnlyList<string>> NumberedAsync(
            string platform,
            IReadOnlyList<(string Id, string Text)> messages
        )
        {
            const string Number = """
                SELECT c.number FROM comment c
                JOIN channel ch ON ch.id = c.channel_id JOIN workspace w ON w.id = ch.workspace_id
                WHERE c.message_id = @Id AND w.platform = @Platform
                UNION ALL
                SELECT c.number FROM post p JOIN comment c ON p.subject = 'comment:' || c.id
                JOIN channel ch ON ch.id = p.channel_id JOIN workspace w ON w.id = ch.workspace_id
                WHERE p.message_id = @Id AND p.operation = 'create' AND w.platform = @Platform
                """;
            List<string> lines = [];
            foreach (var (id, text) in messages)
            {
                var number = (int)await Room.Newsroom.NumberAsync(Number, new { Id = id, Platform = platform });
                if (number > 0)
                {
                    var expected = Text(number);
                    lines.Add($"#{number} {(text.Contains(expected, StringComparison.Ordinal) ? expected : text)}");
                }
            }

            return lines;
        }

        private async Task<string> SayAsync(int number)
        {
            var (side, human, _, parent) = Replies[number - 1];
            var text = string.Create(CultureInfo.InvariantCulture, $"Reply {number}");
            switch (side)
            {
                case Discord:
                    var answered = parent == 0 ? (ulong?)null : await InDiscordAsync(parent);
                    return (await Room.Discord.Discord.Human(human).SayAsync(Thread, text, answered, Token)).ToString(
                        CultureInfo.InvariantCulture
                    );
                case Slack:
                    // Threads are flat there: who answers a comment names its number.
                    return await Room
                        .Slack.Slack.Human(human)
                        .SayAsync(Channel, $"{Prefix(number)}{text}", Parent, Token);
                default:
                    var message = await Room.Newsroom.SayAsync(
                        human,
                        text,
                        parent == 0 ? WebCard : _messages[parent],
                        WebChannel.ToString(CultureInfo.InvariantCulture)
                    );
                    return message.GetProperty("id").GetString()!;
            }
        }

        /// <summary>The message that shows a comment in Discord: the original or its copy.</summary>
        private async Task<ulong> InDiscordAsync(int number) =>
            Replies[number - 1].Side == Discord
                ? Id(number)
                : (ulong)
                    await Room.Newsroom.NumberAsync(
                        """
                        SELECT CAST(p.message_id AS INTEGER) FROM post p JOIN comment c ON p.subject = 'comment:' || c.id
                        JOIN channel ch ON ch.id = p.channel_id JOIN workspace w ON w.id = ch.workspace_id
                        WHERE c.number = @Number AND w.platform = 'discord' AND p.operation = 'create'
                        """,
                        new { Number = number }
                    );

        private static string Prefix(int number) =>
            Replies[number - 1].Parent is var parent and > 0
                ? string.Create(CultureInfo.InvariantCulture, $"#{parent} ")
                : "";

        private ulong Id(int number) => ulong.Parse(_messages[number], CultureInfo.InvariantCulture);

        private Uri WebMessage(int number) =>
            new($"/api/v1/channels/{WebChannel}/messages/{_messages[number]}", UriKind.Relative);
    }
}
