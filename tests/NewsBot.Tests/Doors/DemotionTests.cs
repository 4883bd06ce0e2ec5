using NewsBot.Core.Commands;
using NewsBot.Web.Views;

namespace NewsBot.Tests.Doors;

/// <summary>
/// Whoever loses at the platform what made them admin loses it here: with the next change they try, in forms and sessions
/// that are open, and at most five minutes later where they only look.
/// </summary>
public sealed class DemotionTests
{
    private const string Refused = "neither admin nor moderator";

    private static readonly CommandSpec Change = Catalogue.Find("indexing")!;

    [Theory]
    [InlineData("discord")]
    [InlineData("slack")]
    public async Task An_open_form_and_session_of_a_former_admin_change_nothing(string platform)
    {
        await using var world = await DoorWorld.StartAsync();
        using var browser = await SignedInAsync(world, platform);
        var proof = await browser.ProofAsync("/me");
        var page = SettingsCatalogue.Path(Change);
        var looked = await browser.PageAsync(page);
        Assert.DoesNotContain(Refused, looked, StringComparison.Ordinal);
        var before = await DatabaseDump.ReadAsync(world.Database, PermissionTests.Volatile);
        Demote(world, platform, false);

        var tried = await browser.PostAsync(
            page,
            [KeyValuePair.Create("proof", proof), KeyValuePair.Create("indexing", "on")]
        );

        Assert.Contains(Refused, tried, StringComparison.Ordinal);
        // What was asked of the platform for that is known from then on.
        Assert.Contains(Refused, await browser.PageAsync(page), StringComparison.Ordinal);
        DatabaseDump.AssertSame(before, await DatabaseDump.ReadAsync(world.Database, PermissionTests.Volatile));

        Demote(world, platform, true);
        await AgeAsync(world);
        Assert.DoesNotContain(Refused, await browser.PageAsync(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("discord")]
    [InlineData("slack")]
    public async Task Who_only_looks_is_asked_about_after_five_minutes(string platform)
    {
        await using var world = await DoorWorld.StartAsync();
        using var browser = await SignedInAsync(world, platform);
        Demote(world, platform, false);
        await AgeAsync(world);

        Assert.Contains(Refused, await browser.PageAsync(SettingsCatalogue.Path(Change)), StringComparison.Ordinal);
        Assert.Contains(
            "This is for moderators",
            await browser.PostAsync(
                "/moderation?community=1",
                [
                    KeyValuePair.Create("proof", await browser.ProofAsync("/me")),
                    KeyValuePair.Create("comment", "1#1"),
                    KeyValuePair.Create("decision", "show"),
                ]
            ),
            StringComparison.Ordinal
        );
    }

    private static Task<WebVisitor> SignedInAsync(DoorWorld world, string platform)
    {
        Demote(world, platform, true);
        return WebVisitor.SignInAsync(world, "ליאור", platform);
    }

    private static void Demote(DoorWorld world, string platform, bool isAdmin)
    {
        if (platform == "discord")
        {
            world.SetDiscordAdmin("ליאור", isAdmin);
        }
        else
        {
            world.Slack.Driver.SetAdmin("ליאור", isAdmin);
        }
    }

    // As if five minutes had passed since the platform was asked.
    private static Task AgeAsync(DoorWorld world) =>
        world.Rig.Newsroom.RunAsync("UPDATE identity SET standing_at = standing_at - 301 * 1000");
}
