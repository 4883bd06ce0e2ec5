using System.Text.RegularExpressions;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Testing;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Discord.Checks;

/// <summary>The check, the notices and the status page, with the whole program against a fake Discord.</summary>
public sealed partial class DiscordCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missing_permission_is_told_to_the_owner_once_and_the_channel_waits_until_it_is_mended()
    {
        await using var rig = await DiscordRig.StartAsync();
        rig.Discord.Driver.SetPermissions(rig.Discord.Channels.Text, 0, (ulong)Permissions.SendMessages);

        await rig.CheckAsync();
        await rig.CheckAsync();
        await OwnerGetsAsync(rig, "Send Messages");

        Assert.NotNull(await rig.ParkedAsync());
        Assert.Contains($"channel:{rig.Channel.Value}:permissions", await rig.CausesAsync());
        Assert.Equal(
            1,
            await rig.NumberAsync("SELECT COUNT(*) FROM private_message WHERE body LIKE '%Send Messages%'")
        );

        rig.Discord.Driver.SetPermissions(rig.Discord.Channels.Text, 0, 0);
        await rig.CheckAsync();

        Assert.Null(await rig.ParkedAsync());
        Assert.Empty(await rig.CausesAsync());
    }

    [Fact]
    public async Task Once_webhooks_may_be_made_they_are_made_at_once()
    {
        await using var rig = await DiscordRig.StartAsync();
        await rig.RunAsync("UPDATE channel SET mirror = 'two-way'");
        await rig.RunAsync(
            "INSERT INTO discord_webhook (channel_id, not_before) VALUES (@Id, 9000000000000)",
            new { Id = rig.Channel.Value }
        );
        rig.Discord.Driver.SetPermissions(rig.Discord.Channels.Text, 0, (ulong)Permissions.ManageWebhooks);

        await rig.CheckAsync();
        Assert.Equal(1, await rig.NumberAsync("SELECT COUNT(*) FROM discord_webhook WHERE not_before IS NOT NULL"));

        rig.Discord.Driver.SetPermissions(rig.Discord.Channels.Text, 0, 0);
        await rig.CheckAsync();
        Assert.Equal(0, await rig.NumberAsync("SELECT COUNT(*) FROM discord_webhook WHERE not_before IS NOT NULL"));
    }

    [Fact]
    public async Task The_intent_is_missed_and_struck_out_once_it_is_on()
    {
        await using var rig = await DiscordRig.StartAsync();
        rig.Discord.Driver.SetMessageContent(false);

        await rig.CheckAsync();

        Assert.Contains(DiscordProblems.MessageContent, await rig.CausesAsync());
        var page = await rig.Newsroom.Http.GetStringAsync(new Uri("/status", UriKind.Relative), Token);
        Assert.Contains("Privileged Gateway Intents", page, StringComparison.Ordinal);

        rig.Discord.Driver.SetMessageContent(true);
        await rig.CheckAsync();

        Assert.DoesNotContain(DiscordProblems.MessageContent, await rig.CausesAsync());
    }

    [Fact]
    public async Task A_channel_refused_for_no_reason_we_can_see_is_tried_again_and_told_of_once()
    {
        await using var rig = await DiscordRig.StartAsync();

        for (var time = 0; time < 3; time++)
        {
            await rig.ParkAsync("Discord refused it");
            await rig.CheckAsync();
            Assert.Null(await rig.ParkedAsync());
        }

        Assert.Equal(1, await rig.NumberAsync("SELECT COUNT(*) FROM private_message WHERE cause LIKE '%parked%'"));

        await rig.CheckAsync();

        Assert.Empty(await rig.CausesAsync());
    }

    [Fact]
    public async Task Who_takes_no_direct_messages_is_named_on_the_status_page_and_nobody_else_is_written_to()
    {
        await using var rig = await DiscordRig.StartAsync();
        rig.Discord.Driver.SetRefusesDirectMessages("owner", refuses: true);
        rig.Discord.Driver.SetPermissions(rig.Discord.Channels.Text, 0, (ulong)Permissions.ManageThreads);

        await rig.CheckAsync();
        await RunningNewsroom.UntilAsync(async () =>
        {
            await rig.DeliverAsync();
            return
                await rig.NumberAsync(
                    "SELECT COUNT(*) FROM private_message WHERE attempts > 0 AND next_try_at IS NULL AND sent_at IS NULL"
                ) > 0
                ? "undeliverable"
                : null;
        });

        var page = await rig.Newsroom.Http.GetStringAsync(new Uri("/status", UriKind.Relative), Token);
        Assert.Contains("Odalys", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Manage Threads", rig.Inbox("admin"), StringComparison.Ordinal);
        Assert.DoesNotContain("Manage Threads", rig.Inbox("Kofi"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_guild_proves_nothing()
    {
        await using var rig = await DiscordRig.StartAsync();
        rig.Discord.Driver.SetPermissions(rig.Discord.Channels.Text, 0, (ulong)Permissions.SendMessages);
        await rig.CheckAsync();
        rig.Discord.Driver.RemoveBot();

        var outcome = await rig.CheckAsync();

        Assert.NotEqual(CheckOutcome.Well, outcome);
        Assert.NotEmpty(await rig.CausesAsync());
        Assert.NotNull(await rig.ParkedAsync());
    }

    [Fact]
    public async Task With_discord_the_built_in_chat_is_off_and_a_new_database_has_no_samples()
    {
        await using var rig = await DiscordRig.StartAsync();

        using var chat = await rig.Newsroom.Http.GetAsync(new Uri("/chat", UriKind.Relative), Token);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, chat.StatusCode);
        Assert.Equal(0, await rig.NumberAsync("SELECT COUNT(*) FROM source"));
    }

    [Fact]
    public async Task Who_wants_both_gets_both()
    {
        await using var rig = await DiscordRig.StartAsync("--Chat:Web:Enabled=true");

        using var chat = await rig.Newsroom.Http.GetAsync(new Uri("/chat/news", UriKind.Relative), Token);

        Assert.Equal(System.Net.HttpStatusCode.OK, chat.StatusCode);
    }

    [Fact]
    public void Each_guild_has_its_own_minute_of_the_night()
    {
        var noon = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

        var nights = Enumerable
            .Range(1, 200)
            .Select(index =>
                CheckRounds<DiscordCheck>.NextNight(
                    noon,
                    Snowflake.At(noon.AddMilliseconds(-index * 997_013)).ToString()
                )
            )
            .ToList();

        Assert.All(nights, night => Assert.InRange(night, noon.AddHours(15), noon.AddHours(17)));
        Assert.True(nights.Distinct().Count() > 150);
    }

    [Fact]
    public async Task The_set_up_page_asks_for_the_permissions_the_code_needs()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "config", "discord", "README.md"), Token);

        var asked = Assert.Single(Link().Matches(page)).Groups["bits"].Value;

        Assert.Equal(
            ((ulong)DiscordPermissions.Needed).ToString(System.Globalization.CultureInfo.InvariantCulture),
            asked
        );
        Assert.All(
            Enum.GetValues<Permissions>()
                .Where(one => one != Permissions.None && DiscordPermissions.Needed.HasFlag(one)),
            one =>
                Assert.Contains(
                    $"| {DiscordProblems.PermissionName(one, ChannelType.Text)} |",
                    page,
                    StringComparison.Ordinal
                )
        );
    }

    private static Task<string> OwnerGetsAsync(DiscordRig rig, string words) =>
        RunningNewsroom.UntilAsync(async () =>
        {
            await rig.DeliverAsync();
            var inbox = rig.Inbox("owner");
            return inbox.Contains(words, StringComparison.Ordinal) ? inbox : null;
        });

    [GeneratedRegex(@"permissions=(?<bits>\d+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();
}
