using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Tests.Discord.Checks;

public sealed class DiscordPermissionsTests
{
    private const int RoleKind = 0;
    private const int MemberKind = 1;

    private static readonly Snowflake Everyone = new(100);
    private static readonly Snowflake Owner = new(1);
    private static readonly Snowflake Bot = new(2);
    private static readonly Snowflake Readers = new(201);
    private static readonly Snowflake Writers = new(202);

    private const Permissions Talk =
        Permissions.ViewChannel | Permissions.SendMessages | Permissions.EmbedLinks | Permissions.AttachFiles;

    [Fact]
    public void The_owner_may_do_everything_whatever_is_denied()
    {
        var may = DiscordPermissions.Compute(
            AGuild(Permissions.None),
            Owner,
            [],
            [new Overwrite(Owner, MemberKind, Permissions.None, Talk)],
            isTimedOut: true
        );

        Assert.True(may.HasFlag(Talk | Permissions.ManageGuild));
    }

    [Fact]
    public void An_administrator_may_do_everything_whatever_is_denied()
    {
        var may = DiscordPermissions.Compute(
            AGuild(Permissions.None, readers: Permissions.Administrator),
            Bot,
            [Readers],
            [new Overwrite(Everyone, RoleKind, Permissions.None, Talk)],
            isTimedOut: true
        );

        Assert.True(may.HasFlag(Talk | Permissions.ManageThreads));
    }

    [Theory]
    [InlineData(Permissions.SendMessages, Permissions.None, false)]
    [InlineData(Permissions.None, Permissions.SendMessages, true)]
    [InlineData(Permissions.SendMessages, Permissions.SendMessages, true)]
    public void The_channels_denials_for_everyone_come_before_its_allowances(
        Permissions deny,
        Permissions allow,
        bool maySend
    )
    {
        var may = DiscordPermissions.Compute(
            AGuild(Talk),
            Bot,
            [],
            [new Overwrite(Everyone, RoleKind, allow, deny)],
            isTimedOut: false
        );

        Assert.Equal(maySend, may.HasFlag(Permissions.SendMessages));
    }

    [Fact]
    public void One_roles_allowance_wins_over_another_roles_denial_in_any_order()
    {
        Overwrite[] overwrites =
        [
            new(Writers, RoleKind, Permissions.SendMessages, Permissions.None),
            new(Readers, RoleKind, Permissions.None, Permissions.SendMessages),
        ];

        var one = DiscordPermissions.Compute(AGuild(Talk), Bot, [Readers, Writers], overwrites, isTimedOut: false);
        var other = DiscordPermissions.Compute(
            AGuild(Talk),
            Bot,
            [Writers, Readers],
            [.. overwrites.Reverse()],
            isTimedOut: false
        );

        Assert.True(one.HasFlag(Permissions.SendMessages));
        Assert.Equal(one, other);
    }

    [Fact]
    public void What_is_said_of_a_member_wins_over_all_roles()
    {
        var may = DiscordPermissions.Compute(
            AGuild(Talk),
            Bot,
            [Writers],
            [
                new Overwrite(Writers, RoleKind, Permissions.SendMessages, Permissions.None),
                new Overwrite(Bot, MemberKind, Permissions.None, Permissions.SendMessages),
            ],
            isTimedOut: false
        );

        Assert.False(may.HasFlag(Permissions.SendMessages));
        Assert.True(may.HasFlag(Permissions.ViewChannel));
    }

    [Fact]
    public void An_overwrite_of_a_role_the_member_has_not_says_nothing()
    {
        var may = DiscordPermissions.Compute(
            AGuild(Talk),
            Bot,
            [Readers],
            [new Overwrite(Writers, RoleKind, Permissions.ManageThreads, Permissions.SendMessages)],
            isTimedOut: false
        );

        Assert.Equal(Talk, may);
    }

    [Fact]
    public void Who_cannot_see_a_channel_may_do_nothing_there()
    {
        var may = DiscordPermissions.Compute(
            AGuild(Talk | Permissions.ManageThreads),
            Bot,
            [],
            [new Overwrite(Everyone, RoleKind, Permissions.None, Permissions.ViewChannel)],
            isTimedOut: false
        );

        Assert.Equal(Permissions.None, may);
    }

    [Fact]
    public void Who_cannot_send_can_neither_attach_nor_embed_nor_ping_everyone()
    {
        var may = DiscordPermissions.Compute(
            AGuild(Talk | Permissions.MentionEveryone | Permissions.ManageThreads),
            Bot,
            [],
            [new Overwrite(Everyone, RoleKind, Permissions.None, Permissions.SendMessages)],
            isTimedOut: false
        );

        Assert.Equal(Permissions.ViewChannel | Permissions.ManageThreads, may);
    }

    [Fact]
    public void Who_is_timed_out_may_only_look_and_read()
    {
        var may = DiscordPermissions.Compute(
            AGuild(Talk | Permissions.ReadMessageHistory | Permissions.ManageThreads),
            Bot,
            [],
            [],
            isTimedOut: true
        );

        Assert.Equal(Permissions.ViewChannel | Permissions.ReadMessageHistory, may);
    }

    [Theory]
    [InlineData(Permissions.SendMessages, false)]
    [InlineData(Permissions.SendMessagesInThreads, true)]
    public void In_a_thread_another_switch_stands_for_sending(Permissions granted, bool maySend)
    {
        var may = DiscordPermissions.Compute(
            AGuild(Permissions.ViewChannel | Permissions.EmbedLinks | granted),
            Bot,
            [],
            [],
            isTimedOut: false,
            DiscordThread.Public
        );

        Assert.Equal(maySend, may.HasFlag(Permissions.SendMessages));
        Assert.Equal(maySend, may.HasFlag(Permissions.EmbedLinks));
    }

    [Theory]
    [InlineData(true, Permissions.None, true)]
    [InlineData(false, Permissions.None, false)]
    [InlineData(false, Permissions.ManageThreads, true)]
    public void A_private_thread_is_seen_by_its_members_and_who_manages_threads(
        bool isInside,
        Permissions granted,
        bool maySee
    )
    {
        var may = DiscordPermissions.Compute(
            AGuild(Permissions.ViewChannel | Permissions.SendMessagesInThreads | granted),
            Bot,
            [],
            [],
            isTimedOut: false,
            isInside ? DiscordThread.PrivateInside : DiscordThread.PrivateOutside
        );

        Assert.Equal(maySee, may.HasFlag(Permissions.ViewChannel));
    }

    [Fact]
    public void The_invite_link_asks_for_exactly_what_is_needed()
    {
        var link = DiscordPermissions.InviteLink(new Snowflake(42));

        Assert.Equal(
            $"https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands&permissions={(ulong)DiscordPermissions.Needed}",
            link.AbsoluteUri
        );
    }

    private static Guild AGuild(Permissions everyone, Permissions readers = Permissions.None) =>
        new(
            Everyone,
            "Quay",
            Owner,
            Roles: [new Role(Everyone, "@everyone", everyone), new Role(Readers, "Readers", readers), new Role(Writers)]
        );
}
