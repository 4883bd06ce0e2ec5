using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Channels;

namespace NewsBot.Tests.Discord.Checks;

public sealed class DiscordProblemsTests
{
    private const int MessageContentFlag = 1 << 19;

    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Snowflake GuildId = new(100);
    private static readonly Snowflake Bot = new(2);
    private static readonly Snowflake BotRole = new(201);
    private static readonly Snowflake News = new(301);

    [Fact]
    public void Where_everything_is_granted_nothing_is_wrong()
    {
        Assert.Empty(Find(AGuild(DiscordPermissions.Needed)));
    }

    [Fact]
    public void A_permission_no_role_gives_is_mended_in_the_roles()
    {
        var problem = Assert.Single(Find(AGuild(DiscordPermissions.Needed & ~Permissions.ManageThreads)));

        Assert.Contains(
            "Server Settings → Roles → Newsie → Permissions: turn on **Manage Threads**",
            problem.Words,
            StringComparison.Ordinal
        );
        Assert.False(problem.StopsPosts);
    }

    [Fact]
    public void A_permission_the_channel_denies_is_mended_in_the_channel()
    {
        var channel = AChannel() with
        {
            PermissionOverwrites =
            [
                new Overwrite(GuildId, 0, Permissions.None, Permissions.SendMessages | Permissions.EmbedLinks),
            ],
        };

        var problem = Assert.Single(Find(AGuild(DiscordPermissions.Needed), channel));

        Assert.Contains(
            "Edit Channel → Permissions → Advanced permissions → Newsie: turn on **Send Messages** and **Embed Links**",
            problem.Words,
            StringComparison.Ordinal
        );
        Assert.Contains("nothing is lost", problem.Words, StringComparison.Ordinal);
        Assert.Equal((new ChannelId(5), true), (problem.Channel, problem.StopsPosts));
    }

    [Theory]
    [InlineData("collect", 0)]
    [InlineData("two-way", 1)]
    public void Webhooks_are_asked_for_only_where_replies_are_copied_into_the_channel(string mirror, int problems)
    {
        var found = Find(AGuild(DiscordPermissions.Needed), tracked: ATracked() with { Mirror = mirror });

        Assert.Equal(problems, found.Count(one => one.Words.Contains("Manage Webhooks", StringComparison.Ordinal)));
        Assert.All(
            found,
            one => Assert.Contains("with their authors' names in the text", one.Words, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(found, one => one.StopsPosts);
    }

    [Fact]
    public void A_forum_calls_its_permissions_by_other_names_and_needs_no_right_to_make_threads()
    {
        var forum = AChannel() with { Type = ChannelType.Forum };

        var problem = Assert.Single(
            Find(
                AGuild(DiscordPermissions.Needed & ~(Permissions.CreatePublicThreads | Permissions.SendMessages)),
                forum
            )
        );

        Assert.Contains("turn on **Create Posts**.", problem.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_forum_that_wants_tags_has_to_have_one(bool hasTag, bool isWrong)
    {
        var forum = AChannel() with
        {
            Type = ChannelType.Forum,
            Flags = 1 << 4,
            AvailableTags = hasTag ? [new ForumTag(new Snowflake(9), "News")] : [],
        };

        var problems = Find(AGuild(DiscordPermissions.Needed), forum);

        Assert.Equal(isWrong, problems.Any(problem => problem is { Cause: "channel:5:tags", StopsPosts: true }));
    }

    [Fact]
    public void A_channel_that_is_gone_stops_posts_to_it()
    {
        var problems = DiscordProblems.Of(
            AnApplication(MessageContentFlag),
            AGuild(DiscordPermissions.Needed),
            Self(),
            Bot,
            [],
            [ATracked()],
            Now
        );

        var problem = Assert.Single(problems);
        Assert.Equal(("channel:5:gone", true), (problem.Cause, problem.StopsPosts));
    }

    [Theory]
    [InlineData("collect", 1)]
    [InlineData("post-only", 0)]
    public void The_intent_is_missed_only_where_replies_are_collected(string mirror, int problems)
    {
        var found = DiscordProblems.Of(
            AnApplication(0),
            AGuild(DiscordPermissions.Needed),
            Self(),
            Bot,
            [AChannel()],
            [ATracked() with { Mirror = mirror }],
            Now
        );

        Assert.Equal(problems, found.Count(problem => problem.Cause == DiscordProblems.MessageContent));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, 1)]
    public void A_time_out_is_told_while_it_lasts(int hours, int problems)
    {
        var found = DiscordProblems.Of(
            AnApplication(MessageContentFlag),
            AGuild(DiscordPermissions.Needed),
            Self() with
            {
                CommunicationDisabledUntil = Now.AddHours(hours),
            },
            Bot,
            [AChannel()],
            [ATracked()],
            Now
        );

        Assert.Equal(problems, found.Count(problem => problem.Cause == "timed-out"));
    }

    [Fact]
    public void A_role_nobody_may_mention_cannot_be_pinged()
    {
        var problem = Assert.Single(
            Find(AGuild(DiscordPermissions.Needed), tracked: ATracked() with { PingRole = "202" })
        );

        Assert.Contains("Readers\\_\\*", problem.Words, StringComparison.Ordinal);
        Assert.False(problem.StopsPosts);
    }

    [Fact]
    public void A_channels_name_does_nothing_in_the_words()
    {
        var found = Find(AGuild(Permissions.None), tracked: ATracked() with { Name = "[x](https://evil.example)" });

        Assert.All(found, problem => Assert.Contains("\\[x\\](", problem.Words, StringComparison.Ordinal));
        Assert.NotEmpty(found);
    }

    private static IReadOnlyList<ChatProblem> Find(Guild guild, Channel? channel = null, ChatTracked? tracked = null) =>
        DiscordProblems.Of(
            AnApplication(MessageContentFlag),
            guild,
            Self(),
            Bot,
            [channel ?? AChannel()],
            [tracked ?? ATracked()],
            Now
        );

    private static Application AnApplication(int flags) => new(new Snowflake(1), "NewsBot", Flags: flags);

    private static GuildMember Self() => new(new User(Bot, "newsbot", Bot: true), Roles: [BotRole]);

    private static Channel AChannel() => new(News, ChannelType.Text, Name: "news");

    private static ChatTracked ATracked() => new(new ChannelId(5), News.ToString(), "news", "collect", null, null);

    private static Guild AGuild(Permissions ofBot) =>
        new(
            GuildId,
            "Quay",
            new Snowflake(1),
            Roles:
            [
                new Role(GuildId, "@everyone"),
                new Role(BotRole, "Newsie", ofBot, Managed: true),
                new Role(new Snowflake(202), "Readers_*"),
            ]
        );
}
