using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Tests.Slack.Publishing;

namespace NewsBot.Tests.Mirroring;

/// <summary>A community of a Slack workspace and the built-in chat, with one story in a channel of each.</summary>
internal sealed class SlackAndWeb : IAsyncDisposable
{
    private readonly string _webChannel;
    private readonly string _webCard;
    private readonly long _story;

    private SlackAndWeb(SlackNewsroom room, string place, string card, string webChannel, string webCard, long story)
    {
        Room = room;
        (Place, Card) = (place, card);
        (_webChannel, _webCard, _story) = (webChannel, webCard, story);
    }

    public SlackNewsroom Room { get; }

    /// <summary>Slack's id of the channel.</summary>
    public string Place { get; }

    /// <summary>The card there.</summary>
    public string Card { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SlackAndWeb> StartAsync(FakeSlackOptions? options = null)
    {
        var room = await SlackNewsroom.StartAsync(options, "--Chat:Web:Enabled=true");
        await room.Newsroom.RunAsync(
            """
            UPDATE workspace SET community_id = 1;
            UPDATE member SET community_id = 1;
            INSERT INTO channel (community_id, workspace_id, external_id, name, publication, mirror, created_at)
            SELECT 1, id, 'harbour', 'harbour', 'public', 'two-way', 0 FROM workspace WHERE platform = 'web';
            """
        );
        var place = room.Slack.Channels.Public;
        var channel = await room.ChannelAsync(place);
        var web = await room.Newsroom.NumberAsync("SELECT id FROM channel WHERE external_id = 'harbour'");
        await room.Newsroom.RunAsync("UPDATE channel SET mirror = 'two-way' WHERE id = @channel", new { channel });
        var story = await room.StoryAsync("Harbour bridge opens", channel, web);
        var card = (await room.CardsAsync(story))[0].Ts;
        var webChannel = web.ToString(CultureInfo.InvariantCulture);
        var webCard = await room.Newsroom.FirstCardAsync(webChannel);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE state <> 'sent'", 0);
        return new SlackAndWeb(room, place, card, webChannel, webCard.GetProperty("id").GetString()!, story);
    }

    /// <summary>Answers the story in the built-in chat.</summary>
    /// <returns>The message's id there.</returns>
    public async Task<string> Web(string author, string text, string? replyTo = null) =>
        (await Room.Newsroom.SayAsync(author, text, replyTo ?? _webCard, _webChannel)).GetProperty("id").GetString()!;

    /// <summary>Changes what was written in the built-in chat.</summary>
    public async Task EditOnWebAsync(string message, string author, string text)
    {
        using var response = await Room.Newsroom.Http.PatchAsJsonAsync(Address(message), new { author, text }, Stop);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Takes back what was written in the built-in chat.</summary>
    public async Task DeleteOnWebAsync(string message, string author)
    {
        using var response = await Room.Newsroom.Http.DeleteAsync(
            new Uri($"{Address(message)}?author={author}", UriKind.Relative),
            Stop
        );
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Writes into the thread in Slack.</summary>
    public Task<string> Slack(string human, string text) => Room.Slack.Human(human).SayAsync(Place, text, Card, Stop);

    /// <summary>What stands below the card in Slack.</summary>
    public IReadOnlyList<JsonObject> Thread() =>
        [
            .. Room
                .Slack.State.Messages(Place)
                .Where(message => message["thread_ts"]?.ToString() == Card && message["ts"]!.ToString() != Card),
        ];

    /// <summary>Waits for a message below the card that says something, and that the newsroom knows to be there.</summary>
    public Task<JsonObject> InThreadAsync(string words) =>
        RunningNewsroom.UntilAsync(async () =>
        {
            var found = Thread()
                .FirstOrDefault(one => SlackCopyStage.Words(one["blocks"]).Contains(words, StringComparison.Ordinal));
            return
                found is not null
                && await Room.Newsroom.NumberAsync(
                    "SELECT COUNT(*) FROM post WHERE message_id = @Ts AND state = 'sent'",
                    new { Ts = found["ts"]!.ToString() }
                ) > 0
                ? found
                : null;
        });

    /// <summary>Waits until a copy of what was written elsewhere stands in the built-in chat.</summary>
    public Task OnWebAsync(string words) =>
        RunningNewsroom.UntilAsync(async () =>
            await Room.Newsroom.WordAsync(
                """
                SELECT w.post_key FROM web_message w JOIN comment c ON w.post_key = 'comment:' || c.id || '/0'
                WHERE w.channel_id = @_webChannel AND w.deleted_at IS NULL AND c.body LIKE '%' || @words || '%'
                """,
                new { _webChannel, words }
            )
        );

    /// <summary>Waits until the copy of a comment has gone from the built-in chat.</summary>
    public Task UntilGoneFromWebAsync(int number) =>
        Room.Newsroom.UntilAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SELECT COUNT(*) FROM web_message w JOIN comment c ON w.post_key = 'comment:' || c.id || '/0'
                WHERE w.channel_id = {_webChannel} AND w.deleted_at IS NULL AND c.number = {number}
                """
            ),
            0
        );

    /// <summary>Waits until nothing but new counts is to be sent or taken in any more.</summary>
    public Task SettledAsync() =>
        Room.Newsroom.UntilAsync(
            """
            SELECT (SELECT COUNT(*) FROM post WHERE state = 'waiting' AND priority <= 0)
                + (SELECT COUNT(*) FROM slack_event WHERE body IS NOT NULL)
            """,
            0
        );

    /// <summary>Number, parent and words of every comment.</summary>
    public Task<IReadOnlyList<string>> CommentsAsync() =>
        Room.Newsroom.WordsAsync(
            "SELECT number || ' ' || parent || ' ' || body FROM comment WHERE story_id = @Story ORDER BY number",
            new { Story = _story }
        );

    /// <summary>The story's page.</summary>
    public string Page => string.Create(CultureInfo.InvariantCulture, $"/stories/{_story}");

    /// <summary>The link that Slack gives out for a message.</summary>
    public string Permalink(JsonObject message) =>
        $"https://the-harbour.slack.com/archives/{Place}/p{message["ts"]!.ToString().Replace(".", "", StringComparison.Ordinal)}?thread_ts={Card}&cid={Place}";

    private string Address(string message) => $"/api/v1/channels/{_webChannel}/messages/{message}";

    public ValueTask DisposeAsync() => Room.DisposeAsync();
}
