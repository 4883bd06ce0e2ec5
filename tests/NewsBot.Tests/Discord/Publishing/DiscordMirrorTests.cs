using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Tests.Discord.Listening;

namespace NewsBot.Tests.Discord.Publishing;

/// <summary>One discussion between the built-in chat and Discord, with the whole program between them.</summary>
public sealed class DiscordMirrorTests : IAsyncLifetime
{
    private ConnectedNewsroom _running = null!;
    private string _lobby = "";
    private string _webCard = "";
    private StoryId _story;
    private ulong _card;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _running = await ConnectedNewsroom.StartAsync("--Chat:Web:Enabled=true");
        await _running.RunAsync("UPDATE workspace SET community_id = 1");
        (_story, _card) = await _running.CardAsync(_running.Server.Channels.Text);
        await _running.RunAsync(
            """
            INSERT INTO channel (community_id, workspace_id, external_id, name, publication, created_at)
            SELECT 1, id, 'lobby', 'lobby', 'public', 1 FROM workspace WHERE platform = 'web';
            UPDATE channel SET mirror = 'two-way', publication = 'public', community_id = 1;
            """
        );
        _lobby = (await _running.WordAsync("SELECT id FROM channel WHERE external_id = 'lobby'"))!;
        var lobby = new ChannelId(long.Parse(_lobby, CultureInfo.InvariantCulture));
        await _running
            .Newsroom.Services.GetRequiredService<Database>()
            .WriteAsync(
                async connection =>
                    await Outbox.CreateAsync(
                        connection,
                        new PostDraft(
                            lobby,
                            PostSubject.Of(_story),
                            0,
                            await StoryCards.LoadAsync(connection, _story, lobby),
                            DateTimeOffset.UnixEpoch
                        )
                    ),
                Token
            );
        _webCard = await RunningNewsroom.UntilAsync(() =>
            _running.WordAsync(
                "SELECT message_id FROM post WHERE channel_id = @Id AND operation = 'create'",
                new { Id = lobby.Value }
            )
        );
    }

    public ValueTask DisposeAsync() => _running.DisposeAsync();

    [Fact]
    public async Task A_reply_on_the_web_appears_in_Discord_and_an_answer_to_it_finds_its_way_back()
    {
        var first = await SayAsync("Ada", "Is it open?", _webCard);
        var copy = await CopyAsync("Is it open?");
        var answer = await HumanAsync("Kofi", "Since noon", copy.Id);
        await _running.UntilCommentsAsync(2);
        await SayAsync("Ada", "Thank you", await WebMessageAsync(2));
        var thanks = await CopyAsync("Thank you");

        Assert.Equal("Ada", copy.WebhookName);
        Assert.Equal(_card, copy.ChannelId);
        Assert.Contains($"/{_card}/{answer}>)", thanks.Content, StringComparison.Ordinal);
        Assert.Equal(
            [(1, 0, "Is it open?"), (2, 1, "Since noon"), (3, 2, "Thank you")],
            (await _running.CommentsAsync(_story)).Select(Line)
        );
        Assert.NotEqual(JsonValueKind.Undefined, first.ValueKind);
        Assert.Equal(3, await _running.NumberAsync("SELECT COUNT(*) FROM comment"));
    }

    [Fact]
    public async Task A_copy_is_no_comment_also_when_everything_is_read_anew()
    {
        await SayAsync("Ada", "Is it open?", _webCard);
        var copy = await CopyAsync("Is it open?");
        await _running.Newsroom.RestartAsync(() =>
        {
            _running.Server.Driver.Retell(_card, copy.Id);
            return Task.CompletedTask;
        });
        await _running.RunAsync("UPDATE thread SET caught_up_at = NULL; UPDATE channel SET caught_up_at = NULL");
        await HumanAsync("Kofi", "Since noon", copy.Id);
        await _running.UntilCommentsAsync(2);
        await _running.UntilAsync("SELECT COUNT(*) FROM thread WHERE caught_up_at IS NULL", 0);

        Assert.Equal(
            [(1, 0, "Is it open?"), (2, 1, "Since noon")],
            (await _running.CommentsAsync(_story)).Select(Line)
        );
        Assert.Single(Thread, message => message.WebhookId is not null);
    }

    [Fact]
    public async Task A_copy_tells_its_number_and_what_is_done_to_it_counts_nowhere()
    {
        await SayAsync("Ada", "Is it open?", _webCard);
        var copy = await CopyAsync("Is it open?");
        var kofi = _running.Server.Human("Kofi");
        await _running.UntilAsync("SELECT COUNT(*) FROM post WHERE subject LIKE 'comment:%' AND state = 'sent'", 1);

        var told = await kofi.RunMessageCommand(_card, "Comment number & link", copy.Id).AnswerAsync(Token);
        await kofi.ReactAsync(_card, copy.Id, "🎉", Token);
        _running.Server.Driver.DeleteMessage(_card, copy.Id);
        await HumanAsync("Kofi", "Never mind", null);
        await _running.UntilCommentsAsync(2);

        Assert.Contains("#1", told.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("visible", await _running.WordAsync("SELECT state FROM comment WHERE number = 1"));
        Assert.Equal(0, await _running.NumberAsync("SELECT COUNT(*) FROM reaction"));
    }

    private static (int Number, int Parent, string Text) Line(JsonElement comment) =>
        (
            comment.GetProperty("number").GetInt32(),
            comment.GetProperty("parent").GetInt32(),
            comment.GetProperty("text").GetString()!
        );

    private IReadOnlyList<StoredMessage> Thread
    {
        get
        {
            lock (_running.Server.State.Sync)
            {
                return _running.Server.State.World.Messages.TryGetValue(_card, out var messages)
                    ? [.. messages.Values]
                    : [];
            }
        }
    }

    private Task<JsonElement> SayAsync(string author, string text, string replyTo) =>
        _running.Newsroom.SayAsync(author, text, replyTo, _lobby);

    private Task<ulong> HumanAsync(string human, string text, ulong? replyTo) =>
        _running.Server.Human(human).SayAsync(_card, text, replyTo, Token);

    private Task<StoredMessage> CopyAsync(string text) =>
        RunningNewsroom.UntilAsync(() =>
            Task.FromResult(
                Thread.FirstOrDefault(message =>
                    message.WebhookId is not null && message.Content.EndsWith("\n" + text, StringComparison.Ordinal)
                )
            )
        );

    /// <summary>The message of the built-in chat that shows a comment from Discord.</summary>
    private Task<string> WebMessageAsync(int number) =>
        RunningNewsroom.UntilAsync(() =>
            _running.WordAsync(
                """
                SELECT p.message_id FROM post p JOIN comment c ON p.subject = 'comment:' || c.id
                WHERE p.channel_id = @lobby AND c.number = @number AND p.operation = 'create'
                """,
                new { number, lobby = _lobby }
            )
        );
}
