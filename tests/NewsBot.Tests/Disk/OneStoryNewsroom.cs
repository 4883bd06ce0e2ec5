using System.Net;
using System.Net.Http.Json;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.Crash;
using NewsBot.Tests.Flows;

namespace NewsBot.Tests.Disk;

/// <summary>The built program with one story in one channel of the built-in chat, and somebody who answers it.</summary>
internal sealed class OneStoryNewsroom : IAsyncDisposable
{
    public const string Headline = "Harbour bridge opens after nine years";

    private readonly string _card;

    private OneStoryNewsroom(NewsDesk desk, KilledNewsroom program, string card)
    {
        Desk = desk;
        Program = program;
        _card = card;
    }

    public NewsDesk Desk { get; }

    public KilledNewsroom Program { get; }

    /// <param name="folder">Where its data lies; null for a folder of its own.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<OneStoryNewsroom> StartAsync(string? folder, CancellationToken cancellationToken)
    {
        var desk = await NewsDesk.OpenWithSiteAsync(folder);
        var channel = desk.Channel("news", "instant", ("max_per_hour", 1_000), ("max_per_day", 1_000));
        desk.Serve("/gazette.rss", new FeedItem(Headline, TimeProvider.System.GetUtcNow().AddMinutes(-1)));
        desk.Source("/gazette.rss", "Gazette", channel);
        desk.Run("UPDATE feed SET first_taken_at = 0, next_poll_at = 0");
        var program = new KilledNewsroom(desk.Folder);
        program.Start();
        await program.ReadyAsync(cancellationToken);
        var card = await RunningNewsroom.UntilAsync(() =>
            Task.FromResult(desk.Word("SELECT id FROM web_message WHERE story_id IS NOT NULL"))
        );
        return new OneStoryNewsroom(desk, program, card);
    }

    /// <summary>Stories that are posted.</summary>
    public long Cards =>
        Desk.Number("SELECT COUNT(*) FROM web_message WHERE story_id IS NOT NULL AND post_key IS NOT NULL");

    /// <summary>What was said of the story, by number.</summary>
    public IReadOnlyList<string> Comments => Desk.Words("SELECT body FROM comment ORDER BY number");

    /// <summary>The lines of the log with these words.</summary>
    public IReadOnlyList<string> Lines(string words) =>
        [.. Program.Said.Split('\n').Where(line => line.Contains(words, StringComparison.Ordinal))];

    /// <summary>Answers the story.</summary>
    public Task<HttpResponseMessage> SayAsync(string text, CancellationToken cancellationToken) =>
        Program.Http.PostAsJsonAsync(
            "api/v1/channels/1/messages",
            new
            {
                author = "Inês",
                text,
                replyTo = _card,
            },
            cancellationToken
        );

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await Program.Http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        await Desk.DisposeAsync();
    }
}
