using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.Flows;
using NewsBot.Web.Views;

namespace NewsBot.Tests.Mirroring;

/// <summary>One story on cards in channels of three platforms, two of which are of the same workspace; all mirror each other.</summary>
internal sealed partial class Discussion
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
    private readonly CommandDoor _commands;
    private readonly Member _moderator;
    private readonly IReadOnlyList<ChannelId> _channels;
    private readonly IReadOnlyList<Member> _members;
    private readonly IReadOnlyDictionary<Platform, ScriptedPublisher> _platforms = new[]
    {
        Platform.Web,
        Platform.Discord,
        Platform.Slack,
    }.ToDictionary(platform => platform, platform => new ScriptedPublisher(null, platform));

    private Discussion(
        NewsDesk desk,
        CommandDoor commands,
        StoryId story,
        IReadOnlyList<ChannelId> channels,
        IReadOnlyList<Member> members
    )
    {
        _desk = desk;
        _commands = commands;
        _moderator = desk.Member("A moderator") with { Role = Role.Moderator };
        Story = story;
        _channels = channels;
        _members = members;
    }

    public StoryId Story { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The message of a name, as its platform calls it.</summary>
    public static string Id(int message) => (message + 1_000).ToString(CultureInfo.InvariantCulture);

    public static async Task<Discussion> StartAsync(NewsDesk desk, CommandDoor commands)
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
        var discussion = new Discussion(desk, commands, story, channels, members);
        await discussion.CardAsync();
        return discussion;
    }

    /// <summary>Plays what happens, one transaction after the other.</summary>
    /// <param name="told">What happens, in order.</param>
    /// <param name="afterEach">Looks at it after every step.</param>
    public async Task PlayAsync(IEnumerable<Happening> told, Func<Happening, Task> afterEach)
    {
        foreach (var happening in told.Append(new Happening.Sent()))
        {
            await PlayAsync(happening);
            await afterEach(happening);
        }
    }

    /// <summary>The comments as stored, by number.</summary>
    public Task<IReadOnlyList<StoredComment>> CommentsAsync() =>
        _desk.Database.ReadAsync<IReadOnlyList<StoredComment>>(
            async connection =>
                (await connection.QueryAsync<StoredComment>(FindComment, new { Story = Story.Value })).AsList(),
            Token
        );

    /// <summary>The discussion's page as somebody sees it.</summary>
    public async Task<IReadOnlyList<CommentView>> PageAsync(Viewer viewer) =>
        (
            await new PageReader(_desk.Database, new ThreadIndexes()).CommentsAsync(
                Story.Value,
                CommentSort.Thread,
                1,
                viewer.In(1),
                Token
            )
        ).Items;

    /// <summary>How many comments the story says it has.</summary>
    public long Count => _desk.Number("SELECT comment_count FROM story WHERE id = @Id", new { Id = Story.Value });

    /// <summary>What each channel shows of the story's copies, by number.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<PostBody.Copy>> Copies() =>
        Enumerable
            .Range(0, _channels.Count)
            .ToDictionary(
                place => place,
                place =>
                    (IReadOnlyList<PostBody.Copy>)[.. Shown(place).OfType<PostBody.Copy>().OrderBy(copy => copy.Number)]
            );

    /// <summary>Whether a channel is told of a comment in one message with others.</summary>
    public bool IsGathered(int place, long number) =>
        Shown(place).OfType<PostBody.More>().Any(more => more.First <= number);

    private IReadOnlyList<PostBody> Shown(int place) => _platforms[Places[place].Platform].Shown(_channels[place]);

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

    /// <summary>What a message says after so many changes.</summary>
    public string Text(int message, int version) =>
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
