using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Core.Feeds;
using NewsBot.Storage;

namespace NewsBot.Tests.Commands;

public sealed class LoginCommandTests
{
    private const string Daily = "https://daily.example/feed";
    private const string Planet = "https://planet.example/feed";
    private const string Password = "tide-4711-spring";

    private static readonly string Wanted =
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"reader:{Password}"));

    private const string Feed = """
        <rss version="2.0"><channel><title>Planet</title><link>https://planet.example/</link>
        <item><title>First</title><link>https://planet.example/1</link></item>
        <item><title>Second</title><link>https://planet.example/2</link></item>
        </channel></rss>
        """;

    [Fact]
    public async Task A_login_that_works_is_kept_and_marks_the_source()
    {
        await using var rig = await GivenAsync();

        var reply = await OperateAsync(rig, "login set The Daily");

        Assert.Equal(CommandEnding.Done, reply.Ending);
        Assert.Contains("The feed answered: 2 entries.", reply.Markdown);
        Assert.Contains(
            "(<https://daily.example/feed>) in #news · with a login",
            (await rig.AskAsync("list")).Markdown
        );
        Assert.Equal(Wanted, (await ClaimAsync(rig, Daily)).Login!.Value);
    }

    [Fact]
    public async Task A_login_that_is_wrong_is_not_kept()
    {
        await using var rig = await GivenAsync(password: "wrong");

        var reply = await OperateAsync(rig, "login set The Daily");

        Assert.Equal(CommandEnding.Refused, reply.Ending);
        Assert.Contains("(401). Nothing was saved.", reply.Markdown);
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT COUNT(*) FROM feed_credential"));
    }

    [Fact]
    public async Task What_was_typed_is_nowhere_in_the_database_the_answers_or_the_exports()
    {
        await using var rig = await GivenAsync();
        var answers = new List<string> { (await OperateAsync(rig, "login set The Daily")).Markdown };

        foreach (var line in (string[])["list", "status", "audit", "export json", "export opml", "help login set"])
        {
            var reply = await rig.AskAsync(line);
            answers.Add(reply.Markdown + (reply.File is { } file ? Encoding.UTF8.GetString(file.Bytes.Span) : ""));
        }

        var basic = Wanted["Basic ".Length..];
        Assert.All(answers, text => Assert.False(text.Contains(Password) || text.Contains(basic), text));
        Assert.Contains(answers, text => text.Contains("<opml") && text.Contains($"\"{Daily}\""));
        foreach (var file in Directory.GetFiles(rig.Folder))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            var text = Encoding.Latin1.GetString(bytes.ToArray());
            Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(basic, text, StringComparison.Ordinal);
        }

        Assert.Equal("\"login set\"", await rig.ValueAsync<string>("SELECT after FROM audit ORDER BY id DESC LIMIT 1"));
    }

    [Fact]
    public async Task A_chat_takes_no_password()
    {
        await using var rig = await GivenAsync();

        Assert.Contains("no place for a password", await rig.RefusedAsync("login set The Daily"));
    }

    [Fact]
    public async Task Only_admins_set_logins()
    {
        await using var rig = await GivenAsync();

        Assert.Contains("Only admins", await rig.RefusedAsync("login set The Daily", CommandRig.Moderator));
        Assert.Contains("Only admins", await rig.RefusedAsync("login clear The Daily", CommandRig.Moderator));
    }

    [Fact]
    public async Task A_login_is_forgotten_on_request_and_with_its_source()
    {
        await using var rig = await GivenAsync();
        await OperateAsync(rig, "login set The Daily");

        await rig.DoAsync("login clear The Daily");
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT COUNT(*) FROM feed_credential"));
        Assert.Contains("has no login", await rig.RefusedAsync("login clear The Daily"));
        await OperateAsync(rig, "login set The Daily");
        Assert.Equal(1, await rig.ValueAsync<long>("SELECT COUNT(*) FROM feed_credential"));
        await rig.DoAsync("remove The Daily");

        Assert.Equal(0, await rig.ValueAsync<long>("SELECT COUNT(*) FROM feed_credential"));
    }

    [Fact]
    public async Task A_feed_that_wants_a_login_says_so_and_is_added_with_it()
    {
        await using var rig = await GivenAsync();

        var without = await rig.AskAsync($"add {Planet}");
        await OperateAsync(rig, $"add {Planet} --channel news", isConfirmed: true);

        Assert.Contains("This feed wants a login.", without.Markdown);
        Assert.Equal(new LoginPlace(new Uri(Planet), "channel-1"), without.LoginFor);
        Assert.Equal(Wanted, (await ClaimAsync(rig, Planet)).Login!.Value);
    }

    [Fact]
    public async Task Undoing_the_addition_takes_the_login_too()
    {
        await using var rig = await GivenAsync();
        await OperateAsync(rig, $"add {Planet} --channel news", isConfirmed: true);

        await rig.DoAsync($"undo {await rig.ValueAsync<long>("SELECT MAX(id) FROM audit")}");

        Assert.Equal(2, await rig.ValueAsync<long>("SELECT COUNT(*) FROM source"));
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT COUNT(*) FROM feed_credential"));
    }

    [Fact]
    public async Task Another_community_that_adds_the_address_gets_a_feed_of_its_own()
    {
        await using var rig = await GivenAsync();
        var stranger = await StrangerAsync(rig);
        await OperateAsync(rig, $"add {Planet} --channel news", isConfirmed: true);

        Assert.Contains("wants a login", await rig.RefusedAsync($"add {Planet} --channel other", stranger));
        rig.Closed.Remove(Planet);
        await rig.DoAsync($"add {Planet} --channel other", stranger);

        Assert.Equal(2, await rig.ValueAsync<long>("SELECT COUNT(DISTINCT feed_id) FROM source WHERE name = 'Planet'"));
        Assert.Equal(
            1,
            await rig.ValueAsync<long>(
                "SELECT s.community_id FROM feed_credential c JOIN source s ON s.feed_id = c.feed_id"
            )
        );
    }

    [Fact]
    public async Task A_feed_that_another_community_reads_too_gets_no_login()
    {
        await using var rig = await GivenAsync();
        await StrangerAsync(rig);
        await rig.SqlAsync("INSERT INTO source (community_id, feed_id, name, created_at) VALUES (2, 1, 'Ours', @Now)");

        var reply = await OperateAsync(rig, "login set The Daily");

        Assert.Contains("Another community here reads the same address", reply.Markdown);
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT COUNT(*) FROM feed_credential"));
    }

    [Fact]
    public async Task A_feed_given_a_login_later_is_found_by_nobody_else()
    {
        await using var rig = await GivenAsync();
        var stranger = await StrangerAsync(rig);
        await OperateAsync(rig, "login set The Daily");
        rig.Closed.Remove(Daily);

        await rig.DoAsync($"add {Daily} --channel other", stranger);

        Assert.Equal(1, await rig.ValueAsync<long>("SELECT COUNT(*) FROM source WHERE feed_id = 1"));
        Assert.Contains("is in #news already", await rig.RefusedAsync($"add {Daily}"));
    }

    [Fact]
    public async Task A_header_takes_the_place_of_user_name_and_password()
    {
        await using var rig = await GivenAsync();
        rig.Closed[Daily] = Password;

        await OperateAsync(rig, "login set The Daily --header X-Api-Key");

        var login = (await ClaimAsync(rig, Daily)).Login!;
        Assert.Equal(("X-Api-Key", Password), (login.Header, login.Value));
    }

    private static async Task<CommandRig> GivenAsync(string password = Password)
    {
        var rig = await CommandRig.NewAsync(services =>
            services.AddSingleton<EnvironmentValue>(name =>
                name switch
                {
                    "NEWSBOT_LOGIN_USER" => "reader",
                    "NEWSBOT_LOGIN_PASSWORD" => password,
                    _ => null,
                }
            )
        );
        foreach (var url in (string[])[Daily, Planet])
        {
            rig.Web[url] = ("application/rss+xml", Feed);
            rig.Closed[url] = Wanted;
        }

        return rig;
    }

    private static async Task<Member> StrangerAsync(CommandRig rig)
    {
        await rig.SqlAsync(
            """
            INSERT INTO community (id, name, created_at) VALUES (2, 'Others', @Now);
            INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (2, 2, 'discord', '77', 'Others');
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, created_at)
            VALUES (20, 2, 2, '78', 'other', @Now);
            INSERT INTO member (id, community_id, name, role, first_seen_at) VALUES (20, 2, 'Zoe', 'admin', @Now);
            """
        );
        return new Member(new MemberId(20), new CommunityId(2), "Zoe", Role.Admin, null);
    }

    private static Task<CommandReply> OperateAsync(CommandRig rig, string line, bool isConfirmed = false) =>
        rig.AskAsync(line, CommandRequest.Operator(new CommunityId(1)), isConfirmed);

    private static async Task<Feed> ClaimAsync(CommandRig rig, string url)
    {
        var claimed = await new FeedStore(rig.Database, rig.Services.GetRequiredService<FeedLogins>()).ClaimDueAsync(
            rig.Clock.GetUtcNow(),
            TimeSpan.FromMinutes(5),
            10,
            TestContext.Current.CancellationToken
        );
        return Assert.Single(claimed, feed => feed.Url.AbsoluteUri == url);
    }
}
