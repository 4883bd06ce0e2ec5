using System.Text;
using Microsoft.Playwright;
using NewsBot.Testing;
using NewsBot.Tests.Pages;
using NewsBot.Tests.SignIn;
using NewsBot.Web;

namespace NewsBot.Tests.Hostile;

/// <summary>The page of somebody who signed in, with the corpus in every name on it, in a real browser without a policy.</summary>
public sealed class HostileMeBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Secret = "a-long-enough-secret-of-a-session-of-a-test";

    private const string Begin = """
        INSERT INTO member (community_id, name, role, first_seen_at) VALUES (1, 'Kofi', 'member', 0);
        INSERT INTO identity (member_id, workspace_id, external_id, standing_at)
        SELECT m.id, w.id, '4711', @Now FROM member m, workspace w WHERE m.name = 'Kofi' AND w.platform = 'discord';
        INSERT INTO web_session (secret_hash, platform, browser, created_at, used_at, expires_at)
        VALUES (@Hash, 'discord', 'Firefox', @Now, @Now, @Now + 86400000), ('other', 'discord', 'Chrome', @Now, @Now, @Now + 86400000);
        INSERT INTO session_identity (session_id, identity_id)
        SELECT s.id, i.id FROM web_session s, identity i WHERE i.external_id = '4711';
        """;

    private const string Write = """
        UPDATE member SET name = @A, pseudonym = CASE WHEN @Odd THEN @B END
        WHERE id = (SELECT member_id FROM identity WHERE external_id = '4711');
        UPDATE workspace SET name = @C;
        UPDATE community SET name = @D;
        UPDATE web_session SET browser = @E WHERE secret_hash = 'other';
        """;

    // As a database keeps them: half a character is none.
    private static readonly IReadOnlyList<string> Texts =
    [
        .. HostileScripts.All.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))),
    ];

    [Fact]
    public async Task No_name_runs_asks_elsewhere_or_changes_the_page_of_who_is_signed_in()
    {
        await using var rig = await SignInRig.StartLocalAsync();
        var own = rig.Newsroom.Http.BaseAddress!;
        await rig.Newsroom.RunAsync(
            Begin,
            new { Hash = Secrets.Hash(Secret), Now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() }
        );
        await using var browser = await WatchedBrowser.OpenAsync(chromium, own, keepsPolicy: false);
        var page = await browser.PageAsync();
        await page.Context.AddCookiesAsync([
            new()
            {
                Name = "newsbot-session",
                Value = Secret,
                Url = own.AbsoluteUri,
            },
        ]);
        List<string> faults = [];

        foreach (var (place, some) in Texts.Chunk(5).Where(some => some.Length == 5).Index())
        {
            await rig.Newsroom.RunAsync(
                Write,
                new
                {
                    A = some[0],
                    B = some[1],
                    C = some[2],
                    D = some[3],
                    E = some[4],
                    Odd = place % 2,
                }
            );
            var answer = await page.GotoAsync(
                new Uri(own, "/me").AbsoluteUri,
                new() { WaitUntil = WaitUntilState.Load }
            );
            Assert.Equal(200, answer!.Status);
            Assert.Equal(1, await page.Locator("form[action='/sign-out']").CountAsync());
            faults.AddRange(await page.EvaluateAsync<string[]>($"({PageShape.Faults})(document)"));
        }

        Assert.Empty(faults);
        Assert.Empty(browser.Seen);
    }
}
