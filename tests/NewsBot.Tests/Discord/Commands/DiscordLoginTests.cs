using NewsBot.Core.Feeds;

namespace NewsBot.Tests.Discord.Commands;

/// <summary>Logins of feeds, typed into forms.</summary>
public sealed class DiscordLoginTests
{
    private const string Daily = "https://daily.example/feed";
    private const string Planet = "https://planet.example/feed";
    private const string Password = "tide-4711-spring";

    private const string Feed = """
        <rss version="2.0"><channel><title>Planet</title>
        <item><title>First</title><link>https://planet.example/1</link></item>
        </channel></rss>
        """;

    [Fact]
    public async Task Setting_a_login_opens_a_form_and_keeps_what_works()
    {
        await using var rig = await GivenAsync(Daily);

        await rig.UseAsync(DiscordRig.Admin, "news-admin login set", ("source", "source-1"));
        var form = rig.Last.GetProperty("data");
        await rig.SubmitAsync(
            DiscordRig.Admin,
            form.GetProperty("custom_id").GetString()!,
            ("user", "reader"),
            ("secret", Password)
        );

        Assert.Equal("Login of The Daily", form.GetProperty("title").GetString());
        Assert.Equal(
            ["user", "secret"],
            form.GetProperty("components")
                .EnumerateArray()
                .Select(label => label.GetProperty("component").GetProperty("custom_id").GetString())
        );
        Assert.Contains("The feed answered: 1 entry.", rig.LastText, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(rig));
        Assert.Equal(
            "login set: \"login set\"",
            await rig.Rig.ValueAsync<string>(
                "SELECT action || ': ' || after FROM audit WHERE target = 'source-1 The Daily'"
            )
        );
    }

    [Fact]
    public async Task A_wrong_password_is_said_to_be_wrong_and_nothing_is_kept()
    {
        await using var rig = await GivenAsync(Daily);

        await rig.SubmitAsync(DiscordRig.Admin, "login:1:", ("user", "reader"), ("secret", "wrong-word"));

        Assert.Contains("(401). Nothing was saved.", rig.LastText, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-word", rig.LastText, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(rig));
    }

    [Fact]
    public async Task A_header_is_asked_for_alone()
    {
        await using var rig = await GivenAsync(Daily);
        rig.Rig.Closed[Daily] = Password;

        await rig.UseAsync(DiscordRig.Admin, "news-admin login set", ("source", "source-1"), ("header", "X-Api-Key"));
        var form = rig.Last.GetProperty("data");
        await rig.SubmitAsync(DiscordRig.Admin, form.GetProperty("custom_id").GetString()!, ("secret", Password));

        Assert.Equal(1, form.GetProperty("components").GetArrayLength());
        Assert.Contains("The feed answered", rig.LastText, StringComparison.Ordinal);
        await rig.UseAsync(DiscordRig.Admin, "news-admin login set", ("source", "source-1"), ("header", "Host"));
        Assert.Contains("cannot be a login", rig.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_wants_a_login_is_added_through_a_form()
    {
        await using var rig = await GivenAsync(Planet);

        await rig.UseAsync(DiscordRig.Admin, "news-admin add", ("url", Planet));
        var answer = rig.LastText;
        var button = Assert.Single(rig.Buttons());
        await rig.PressAsync(DiscordRig.Admin, button);
        var form = rig.Last.GetProperty("data").GetProperty("custom_id").GetString()!;
        await rig.SubmitAsync(DiscordRig.Admin, form, ("user", "reader"), ("secret", Password));

        Assert.Contains("This feed wants a login.", answer, StringComparison.Ordinal);
        Assert.Contains("Added Planet to #general.", rig.LastText, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(rig));
        Assert.Equal(
            1,
            await rig.Rig.ValueAsync<long>(
                "SELECT COUNT(*) FROM subscription u JOIN source s ON s.id = u.source_id WHERE s.name = 'Planet' AND u.channel_id = 10"
            )
        );
    }

    [Fact]
    public async Task An_address_too_long_for_a_button_is_said_to_be()
    {
        var url = Planet + "?" + new string('x', 100);
        await using var rig = await GivenAsync(url);

        await rig.UseAsync(DiscordRig.Admin, "news-admin add", ("url", url));

        Assert.Contains("too long for the form", rig.LastText, StringComparison.Ordinal);
        Assert.Empty(rig.Buttons());
    }

    [Theory]
    [InlineData("login:1:")]
    [InlineData("login-add:channel-10:https://planet.example/feed")]
    public async Task The_form_is_checked_again_when_it_is_sent(string customId)
    {
        await using var rig = await GivenAsync(Daily, Planet);

        await rig.SubmitAsync(DiscordRig.Moderator, customId, ("user", "reader"), ("secret", Password));

        Assert.Contains("Only admins", rig.LastText, StringComparison.Ordinal);
        Assert.Empty(rig.Rig.Fetched);
        Assert.Equal(0, await CountAsync(rig));
    }

    [Theory]
    [InlineData("login:")]
    [InlineData("login:x:")]
    [InlineData("login:1:a:b")]
    [InlineData("login-add:")]
    [InlineData("login-add:channel-10:")]
    [InlineData("login-add::https://planet.example/feed")]
    [InlineData("login-add:channel-10:file:///etc/passwd")]
    public async Task A_form_that_is_none_of_ours_is_not_known(string customId)
    {
        await using var rig = await GivenAsync(Planet);

        await rig.SubmitAsync(DiscordRig.Admin, customId, ("user", "reader"), ("secret", Password));

        Assert.Contains("not known any more", rig.LastText, StringComparison.Ordinal);
        Assert.Empty(rig.Rig.Fetched);
    }

    [Fact]
    public async Task The_form_opens_for_admins_alone()
    {
        await using var rig = await GivenAsync(Planet);

        await rig.UseAsync(DiscordRig.Moderator, "news-admin login set", ("source", "source-1"));
        Assert.Contains("Only admins", rig.LastText, StringComparison.Ordinal);
        await rig.PressAsync(DiscordRig.Reader, $"login-add:channel-10:{Planet}");

        Assert.Contains("Only admins", rig.LastText, StringComparison.Ordinal);
    }

    private static Task<long> CountAsync(DiscordRig rig) =>
        rig.Rig.ValueAsync<long>("SELECT COUNT(*) FROM feed_credential");

    private static async Task<DiscordRig> GivenAsync(params string[] closed)
    {
        var rig = await DiscordRig.NewAsync();
        foreach (var url in closed)
        {
            rig.Rig.Web[url] = ("application/rss+xml", Feed);
            rig.Rig.Closed[url] = FeedLogin.Basic(new Uri(url), "reader", Password).Login!.Value;
        }

        return rig;
    }
}
