using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Tests.Slack.Publishing;

/// <summary>A card in an emulated Slack and the publisher that writes below it, one post at a time.</summary>
internal sealed class SlackCopyStage : IAsyncDisposable
{
    private readonly string _card;
    private readonly ChannelId _channel;
    private long _posts = 1_000;

    private SlackCopyStage(SlackDesk desk, string place, ChannelId channel, string card)
    {
        Desk = desk;
        Place = place;
        (_channel, _card) = (channel, card);
    }

    public SlackDesk Desk { get; }

    public FakeSlackServer Slack => Desk.Server;

    /// <summary>Slack's id of the channel.</summary>
    public string Place { get; }

    public string Card => _card;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SlackCopyStage> OpenAsync(FakeNameRules rules = FakeNameRules.None)
    {
        var desk = await SlackDesk.OpenAsync(FakeLimits.Unlimited());
        desk.Fake.NameRules = rules;
        var place = desk.Server.Driver.AddChannel("news", withBot: true);
        var channel = desk.Add(place);
        await desk.CardAsync(channel, "Bridge opens");
        await desk.SendAsync();
        return new SlackCopyStage(desk, place, channel, (string)desk.Posted(place)[0]["ts"]!);
    }

    /// <summary>A comment from elsewhere.</summary>
    public static PostBody.Copy Copy(int number, string markdown, string author = "Inês") =>
        new(new StoryId(1), number) { Comment = Comment(markdown, author) };

    public static CopiedComment Comment(string markdown, string author = "Inês") =>
        new(author, "https://cdn.example/ines.png", "Discord", markdown, CopyState.Shown, null, null, []);

    public Task<PublishOutcome> CreateAsync(PostBody body, string key = "comment:5/0", DateTimeOffset? tried = null) =>
        PublishAsync(
            Post(PostOperation.Create, body, key, message: null) with
            {
                TriedSince = tried,
                TriedLast = tried,
            }
        );

    public Task<PublishOutcome> EditAsync(PostBody body, string message) =>
        PublishAsync(Post(PostOperation.Edit, body, "comment:5/0", message));

    public Task<PublishOutcome> DeleteAsync(PostBody body, string message) =>
        PublishAsync(Post(PostOperation.Delete, body, "comment:5/0", message));

    public Task<PublishOutcome> PublishAsync(OutgoingPost post) =>
        Desk.Services.GetRequiredService<IPublisher>().PublishAsync(post, Stop);

    public OutgoingPost Post(PostOperation operation, PostBody body, string key, string? message) =>
        new(new PostId(_posts++), _channel, Place, Platform.Slack, key, operation, body, message, 1)
        {
            CardMessage = _card,
        };

    /// <summary>What stands below the card.</summary>
    public IReadOnlyList<JsonObject> Thread() =>
        [
            .. Slack
                .State.Messages(Place)
                .Where(message => message["thread_ts"]?.ToString() == _card && message["ts"]!.ToString() != _card),
        ];

    /// <summary>The only message below the card, and its id.</summary>
    public (JsonObject Message, string Ts) Single()
    {
        var message = Assert.Single(Thread());
        return (message, message["ts"]!.ToString());
    }

    /// <summary>All words of a message's blocks.</summary>
    public static string Words(JsonNode? node) =>
        node switch
        {
            JsonArray list => string.Concat(list.Select(Words)),
            JsonObject one when one["text"] is JsonValue text => text.ToString(),
            JsonObject one => string.Concat(one.Select(field => Words(field.Value))),
            _ => "",
        };

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
