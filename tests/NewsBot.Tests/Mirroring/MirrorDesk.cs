using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.Flows;
using NewsBot.Web;

namespace NewsBot.Tests.Mirroring;

/// <summary>A community on three platforms that do as they are told and remember what they show.</summary>
internal sealed class MirrorDesk : IAsyncDisposable
{
    private readonly Dictionary<Platform, ScriptedPublisher> _platforms = new()
    {
        [Platform.Web] = new ScriptedPublisher(),
        [Platform.Discord] = new ScriptedPublisher(null, Platform.Discord),
        [Platform.Slack] = new ScriptedPublisher(null, Platform.Slack),
    };

    private readonly CommandDoor _commands;

    private readonly PostStore _posts;

    private MirrorDesk(NewsDesk news, string? publicUrl)
    {
        News = news;
        _posts = new PostStore(news.Database, Options.Create(new WebOptions { PublicUrl = publicUrl }));
        _commands = new CommandDoor(news);
    }

    public NewsDesk News { get; }

    /// <summary>Who may use every command.</summary>
    public Member Admin { get; private set; } = null!;

    public DateTimeOffset Now => News.Now;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="publicUrl">Where everybody reaches the pages; null for nowhere.</param>
    public static async Task<MirrorDesk> OpenAsync(string? publicUrl = null)
    {
        var desk = new MirrorDesk(await NewsDesk.OpenAsync(), publicUrl);
        var ada = desk.News.Member("Ada");
        desk.News.Run("UPDATE member SET role = 'admin' WHERE id = @Id", new { Id = ada.Id.Value });
        desk.Admin = ada with { Role = Role.Admin };
        return desk;
    }

    public async ValueTask DisposeAsync()
    {
        await _commands.DisposeAsync();
        await News.DisposeAsync();
    }

    /// <summary>Runs a line of the catalogue, confirms it where it asks, and sends what it leads to.</summary>
    /// <returns>What was shown before it was done, and then what was said.</returns>
    public async Task<string> DoAsync(string line, Member? asker = null)
    {
        var (ending, shown) = await _commands.RunAsync(line, asker ?? Admin);
        Assert.True(ending == CommandEnding.Done, $"{line} → {ending}: {shown}");
        await SendAsync();
        return shown;
    }

    public ScriptedPublisher On(Platform platform) => _platforms[platform];

    /// <summary>A channel of a workspace, which is made where there is none of that name.</summary>
    public ChannelId Channel(
        Platform platform,
        string name,
        string publication = "public",
        string mirror = "two-way",
        string? workspace = null
    )
    {
        var kind = platform.ToString().ToLowerInvariant();
        News.Run(
            """
            INSERT INTO workspace (community_id, platform, external_id, name)
            SELECT 1, @kind, @Place, @Place
            WHERE NOT EXISTS (SELECT 1 FROM workspace WHERE platform = @kind AND (@kind = 'web' OR external_id = @Place))
            """,
            new { kind, Place = workspace ?? $"{platform} home" }
        );
        return new ChannelId(
            News.Number(
                """
                INSERT INTO channel (community_id, workspace_id, external_id, name, publication, mirror, created_at)
                SELECT 1, id, @name, @name, @publication, @mirror, @At FROM workspace
                WHERE platform = @kind AND (@kind = 'web' OR external_id = @Place) RETURNING id
                """,
                new
                {
                    kind,
                    Place = workspace ?? $"{platform} home",
                    name,
                    publication,
                    mirror,
                    At = Now.Ms(),
                }
            )
        );
    }

    /// <summary>Posts a story's card to channels.</summary>
    public async Task CardAsync(StoryId story, params IEnumerable<ChannelId> channels)
    {
        await WriteCardAsync(story, channels);
        await SendAsync();
    }

    /// <summary>Writes a story's card for channels and does not send it.</summary>
    public Task WriteCardAsync(StoryId story, params IEnumerable<ChannelId> channels) =>
        News.OutboxAsync(async connection =>
        {
            foreach (var channel in channels)
            {
                await Outbox.CreateAsync(
                    connection,
                    new PostDraft(
                        channel,
                        PostSubject.Of(story),
                        0,
                        await StoryCards.LoadAsync(connection, story, channel),
                        Now
                    )
                );
            }
        });

    /// <summary>Somebody writes something below a story.</summary>
    /// <returns>Its number.</returns>
    public async Task<int> SayAsync(
        ChannelId channel,
        StoryId story,
        Member author,
        string message,
        string text,
        int parent = 0
    )
    {
        var entry = await ApplyAsync(
            new ReplyEvent.Created(channel, message, Now.Ms(), story, parent, author.Id, text)
        );
        return entry!.Number;
    }

    /// <summary>Applies one event as a transaction of its own.</summary>
    public Task<LedgerEntry?> ApplyAsync(ReplyEvent happened) =>
        News.Database.WriteAsync(connection => CommentLedger.ApplyAsync(connection, happened, Now), Token);

    public Task<int> SendAsync() => Sender().RunAsync(Token);

    public SendPosts Sender() =>
        new(_posts, _platforms.Values, UnheardMeter.Flows, News.Time, NullLogger<SendPosts>.Instance);

    /// <summary>The messages of a channel besides its cards and notices, oldest first, each in one line.</summary>
    public IReadOnlyList<string> Shown(ChannelId channel) =>
        [
            .. _platforms
                .Values.SelectMany(platform => platform.Shown(channel))
                .Where(body => body is not PostBody.Card and not PostBody.Notice)
                .Select(Line),
        ];

    /// <summary>What was asked of the platforms for a channel, cards and notices left out, oldest first.</summary>
    public IReadOnlyList<OutgoingPost> Tried(ChannelId channel) =>
        [
            .. _platforms
                .Values.SelectMany(platform => platform.Tried)
                .Where(post => post.Channel == channel && post.Body is not PostBody.Card and not PostBody.Notice),
        ];

    /// <summary>The id of the message that shows a comment in a channel.</summary>
    public string? MessageOf(ChannelId channel, StoryId story, int number) =>
        News.Word(
            """
            SELECT p.message_id FROM post p JOIN comment c ON p.subject = 'comment:' || c.id
            WHERE p.channel_id = @Channel AND c.story_id = @Story AND c.number = @number AND p.operation = 'create'
            ORDER BY p.part DESC
            """,
            new
            {
                Channel = channel.Value,
                Story = story.Value,
                number,
            }
        );

    private static string Line(PostBody body) =>
        body switch
        {
            PostBody.Copy { Comment: { State: CopyState.Shown } comment } copy => string.Create(
                CultureInfo.InvariantCulture,
                $"#{copy.Number} {comment.Author} ({comment.Origin}){Answer(comment)}: {comment.Markdown}"
            ),
            PostBody.Copy { Comment: { } comment } copy => string.Create(
                CultureInfo.InvariantCulture,
                $"#{copy.Number} {comment.Author}[{comment.State}]{comment.Markdown}"
            ),
            PostBody.SoFar { Discussion: { } soFar } => string.Create(
                CultureInfo.InvariantCulture,
                $"{soFar.Count} so far: {string.Join(", ", soFar.Best.Select(best => $"#{best.Number} {best.Author}: {best.Text}"))}"
            ),
            PostBody.More more => string.Create(
                CultureInfo.InvariantCulture,
                $"{more.Count} more from #{more.First}, {more.Page ?? "no page"}"
            ),
            _ => throw new InvalidOperationException($"{body} has no words."),
        };

    private static string Answer(CopiedComment comment) =>
        comment.Answers is { } answered
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" to #{answered.Number} {answered.Author} “{answered.Excerpt}” at {answered.Message ?? "-"}"
            )
            : "";
}
