using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using NewsBot.Chat;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.Flows;
using NewsBot.Web;
using NewsBot.Web.Views;
using ReplyTarget = NewsBot.Chat.ReplyTarget;

namespace NewsBot.Tests.Mirroring;

/// <summary>One story on cards in channels of three platforms, two of which are of the same workspace; all mirror each other.</summary>
internal sealed class Discussion
{
    /// <summary>Platform, and who may read the channel elsewhere.</summary>
    public static readonly IReadOnlyList<(Platform Platform, Visibility Publication)> Places =
    [
        (Platform.Web, Visibility.Public),
        (Platform.Discord, Visibility.Public),
        (Platform.Discord, Visibility.Members),
        (Platform.Slack, Visibility.Off),
        (Platform.Slack, Visibility.Members),
    ];

    public const int Members = 4;

    private const string FindComment = """
        SELECT id, number, parent, state, body, visibility, channel_id AS Channel, message_id AS Message FROM comment
        WHERE story_id = @Story ORDER BY number
        """;

    private const string FindCopy = """
        SELECT message_id FROM post
        WHERE channel_id = @Channel AND subject = @Subject AND operation = 'create' AND state = 'sent'
        """;

    private readonly NewsDesk _desk;
    private readonly IReadOnlyList<ChannelId> _channels;
    private readonly IReadOnlyList<Member> _members;
    private readonly IReadOnlyDictionary<Platform, ScriptedPublisher> _platforms = new[]
    {
        Platform.Web,
        Platform.Discord,
        Platform.Slack,
    }.ToDictionary(platform => platform, platform => new ScriptedPublisher(null, platform));

    private Discussion(NewsDesk desk, StoryId story, IReadOnlyList<ChannelId> channels, IReadOnlyList<Member> members)
    {
        _desk = desk;
        Story = story;
        _channels = channels;
        _members = members;
    }

    public StoryId Story { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The message of a name, as its platform calls it.</summary>
    public static string Id(int message) => (message + 1_000).ToString(CultureInfo.InvariantCulture);

    public static async Task<Discussion> StartAsync(NewsDesk desk)
    {
        var story = desk.Story("Harbour bridge opens", desk.Source($"/{Guid.CreateVersion7(desk.Now)}", "The Daily"));
        var name = string.Create(CultureInfo.InvariantCulture, $"{story.Value}-");
        desk.Run(
            """
            INSERT INTO workspace (community_id, platform, external_id, name)
            VALUES (1, 'discord', @Guild, 'Guild'), (1, 'slack', @Team, 'Team')
            """,
            new { Guild = $"{name}guild", Team = $"{name}team" }
        );
        List<ChannelId> channels = [];
        foreach (var (platform, publication) in Places)
        {
            channels.Add(
                new ChannelId(
                    desk.Number(
                        """
                        INSERT INTO channel (community_id, workspace_id, external_id, name, mode, publication, mirror, created_at)
                        SELECT 1, MAX(id), @Name, @Name, 'instant', @Publication, 'two-way', @Now FROM workspace
                        WHERE platform = @Platform RETURNING id
                        """,
                        new
                        {
                            Name = string.Create(CultureInfo.InvariantCulture, $"{name}{channels.Count}"),
                            Platform = platform.ToString().ToLowerInvariant(),
                            Publication = publication.ToString().ToLowerInvariant(),
                            Now = desk.Now.Ms(),
                        }
                    )
                )
            );
        }

        Member[] members = [.. Enumerable.Range(0, Members).Select(index => desk.Member($"Member {name}{index}"))];
        var discussion = new Discussion(desk, story, channels, members);
        await discussion.CardAsync();
        return discussion;
    }

    /// <summary>Plays what happens, one transaction after the other.</summary>
    /// <param name="told">What happens, in order.</param>
    /// <param name="afterEach">Looks at it after every step.</param>
    public async Task PlayAsync(IEnumerable<Happening> told, Func<Task> afterEach)
    {
        foreach (var happening in told)
        {
            await PlayAsync(happening);
            await afterEach();
        }

        await SendAsync();
        await afterEach();
    }

    /// <summary>The comments as stored, by number.</summary>
    public Task<IReadOnlyList<StoredComment>> CommentsAsync() =>
        _desk.Database.ReadAsync<IReadOnlyList<StoredComment>>(
            async connection =>
                (await connection.QueryAsync<StoredComment>(FindComment, new { Story = Story.Value })).AsList(),
            Token
        );

    /// <summary>The discussion's page as somebody sees it.</summary>
    public async Task<IReadOnlyList<CommentView>> PageAsync(bool isMember) =>
        (
            await new PageReader(_desk.Database, new ThreadIndexes()).CommentsAsync(
                Story.Value,
                CommentSort.Thread,
                1,
                new Viewer(isMember),
                Token
            )
        ).Items;

    /// <summary>What each channel shows of the story's copies, by number.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<PostBody.Copy>> Copies() =>
        _channels
            .Select((channel, place) => (channel, place))
            .ToDictionary(
                one => one.place,
                one =>
                    (IReadOnlyList<PostBody.Copy>)
                        [
                            .. _platforms[Places[one.place].Platform]
                                .Shown(one.channel)
                                .OfType<PostBody.Copy>()
                                .OrderBy(copy => copy.Number),
                        ]
            );

    /// <summary>Which channel of ours a row is.</summary>
    public int PlaceOf(long channel) => _channels.Select(one => one.Value).ToList().IndexOf(channel);

    /// <summary>How often any text of a message is kept anywhere.</summary>
    public long Traces(int message) =>
        _desk.Number(
            """
            SELECT (SELECT COUNT(*) FROM comment WHERE body LIKE @Text) + (SELECT COUNT(*) FROM post WHERE body LIKE @Text)
                 + (SELECT COUNT(*) FROM comment_event WHERE body LIKE @Text)
            """,
            new { Text = $"%{Word(message)}%" }
        );

    /// <summary>Tells the words of this discussion from those of others in the same database.</summary>
    public string Prefix => string.Create(CultureInfo.InvariantCulture, $"story{Story.Value}word");

    private string Word(int message) => $"{Prefix}{Id(message)}z";

    private string Text(int message, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{Word(message)} version {version}");

    private async Task CardAsync()
    {
        foreach (var channel in _channels)
        {
            _desk.Place(channel, Story, "carded");
            await _desk.OutboxAsync(async connection =>
                await Outbox.CreateAsync(
                    connection,
                    new PostDraft(
                        channel,
                        PostSubject.Of(Story),
                        0,
                        await StoryCards.LoadAsync(connection, Story, channel),
                        _desk.Now
                    )
                )
            );
        }

        await SendAsync();
    }

    private async Task PlayAsync(Happening happening)
    {
        switch (happening)
        {
            case Happening.Said said:
                await SayAsync(said);
                break;
            case Happening.Edited edited:
                await ApplyAsync(
                    new ReplyEvent.Edited(
                        ChannelOf(edited.Message),
                        Id(edited.Message),
                        10_000 + edited.Version,
                        Text(edited.Message, edited.Version)
                    )
                );
                break;
            case Happening.Deleted deleted:
                await ApplyAsync(new ReplyEvent.Deleted(ChannelOf(deleted.Message), Id(deleted.Message), 1));
                break;
            case Happening.Judged judged:
                await JudgeAsync(judged);
                break;
            case Happening.Reacted reacted:
                await ReactAsync(reacted);
                break;
            default:
                await SendAsync();
                break;
        }
    }

    // Which channel a message is of is known before it comes: an edit may overtake it.
    private readonly Dictionary<int, int> _placeOf = [];

    /// <summary>Says where messages are written.</summary>
    public void Know(IEnumerable<Happening> all)
    {
        foreach (var said in all.OfType<Happening.Said>())
        {
            _placeOf[said.Message] = said.Place;
        }
    }

    private ChannelId ChannelOf(int message) => _channels[_placeOf[message]];

    private async Task SayAsync(Happening.Said said)
    {
        var channel = _channels[said.Place];
        var parent = said.Answers is { } answered ? await ParentAsync(channel, answered) : 0;
        await ApplyAsync(
            new ReplyEvent.Created(
                channel,
                Id(said.Message),
                1_000 + said.Message,
                Story,
                parent,
                _members[said.Author].Id,
                Text(said.Message, 0)
            )
        );
    }

    /// <summary>A reply to a copy answers the original; where there is no copy, people name its number.</summary>
    private async Task<int> ParentAsync(ChannelId channel, int answered)
    {
        var original = (await CommentsAsync()).Single(comment => comment.Message == Id(answered));
        var message =
            original.Channel == channel.Value ? original.Message : await CopyAsync(channel, (long)original.Id);
        var target = await _desk.Database.ReadAsync(
            connection =>
                message is null
                    ? ReplyTarget.OfStoryAsync(
                        connection,
                        Story,
                        string.Create(CultureInfo.InvariantCulture, $"#{original.Number} well"),
                        null
                    )
                    : AnswerAsync(connection, channel, message),
            Token
        );
        return Assert.IsType<ReplyTarget.Comment>(target).Parent;
    }

    private async Task<ReplyTarget> AnswerAsync(
        Microsoft.Data.Sqlite.SqliteConnection connection,
        ChannelId channel,
        string message
    ) =>
        await ReplyTarget.OfPostAsync(connection, channel, message, "well")
        // What people wrote themselves is found by the platforms' own rooms.
        ?? new ReplyTarget.Comment(
            Story,
            (int)(await CommentsAsync()).Single(comment => comment.Message == message).Number,
            "well",
            null
        );

    private async Task<string?> CopyAsync(ChannelId channel, long comment)
    {
        await SendAsync();
        return _desk.Word(FindCopy, new { Channel = channel.Value, Subject = PostSubject.Comment(comment).Value });
    }

    private async Task JudgeAsync(Happening.Judged judged)
    {
        var comment = (await CommentsAsync()).Single(one => one.Message == Id(judged.Message));
        if (comment.State == "deleted")
        {
            return;
        }

        await _desk.OutboxAsync(async connection =>
        {
            if (
                await AdminStore.CompareAsync(
                    connection,
                    "comment",
                    comment.Id,
                    ("state", judged.Hides ? "hidden" : "visible")
                ) is
                { } change
            )
            {
                await AdminStore.ApplyAsync(connection, change);
                await AdminStore.ShowChangeAsync(connection, [change], [], _desk.Now);
            }
        });
    }

    private Task ReactAsync(Happening.Reacted reacted) =>
        new ChatReactions(_desk.Database, new LiveUpdates()).TakeAsync(
            new ReactionChange(
                Places[_placeOf[reacted.Message]].Platform.ToString().ToLowerInvariant(),
                _desk.Word(
                    "SELECT external_id FROM channel WHERE id = @Id",
                    new { Id = ChannelOf(reacted.Message).Value }
                ),
                Id(reacted.Message),
                reacted.Adds ? ReactionKind.Add : ReactionKind.Remove,
                "👍",
                reacted.Who.ToString(CultureInfo.InvariantCulture)
            ),
            Token
        );

    private Task ApplyAsync(ReplyEvent reply) =>
        _desk.OutboxAsync(connection => CommentLedger.ApplyAsync(connection, reply, _desk.Now));

    private async Task SendAsync()
    {
        _desk.Run("UPDATE post SET not_before = 0 WHERE state = 'waiting'");
        await new SendPosts(_desk.Posts, _platforms.Values, _desk.Time, NullLogger<SendPosts>.Instance).RunAsync(Token);
    }
}

/// <summary>A comment as stored.</summary>
internal sealed class StoredComment
{
    public required long Id { get; init; }
    public required long Number { get; init; }
    public required long Parent { get; init; }
    public required string State { get; init; }
    public required string Body { get; init; }
    public required string Visibility { get; init; }
    public required long Channel { get; init; }
    public required string Message { get; init; }
}
