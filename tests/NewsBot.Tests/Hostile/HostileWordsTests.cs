using System.Net;
using NewsBot.Core.Commands;
using NewsBot.Tests.Pages;

namespace NewsBot.Tests.Hostile;

/// <summary>Words that mean something to a database, a search index or a log are words.</summary>
public sealed class HostileWordsTests(PageServer server) : IClassFixture<PageServer>
{
    public static TheoryData<string> Searches =>
        [
            "\"",
            "\"unclosed",
            "\"\"\"",
            "*",
            "kelp*",
            "^kelp",
            "-kelp",
            "+kelp",
            "NOT kelp",
            "kelp AND",
            "AND OR NOT",
            "NEAR(kelp snow, 2)",
            "headline:kelp",
            "{headline body}: kelp",
            "kelp : snow",
            "(kelp",
            "kelp)",
            "' OR 1=1 --",
            "'; DROP TABLE story; --",
            "%",
            "_",
            "kelp\0snow",
            "\ud83d",
            "\u0301",
            "kelp UNION SELECT name FROM sqlite_master",
            "story_fts MATCH 'x'",
            "rank MATCH 'bm25(10.0)'",
            "$(id) ${7*7} {{7*7}} <%= 7*7 %>",
        ];

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task What_is_searched_for_is_words_alone(string words)
    {
        server.Newsroom.Story(
            server.Newsroom.Channel($"s{Guid.CreateVersion7(server.Newsroom.Now):N}"),
            [server.Newsroom.Source()],
            "Quiet harbour"
        );
        using var browser = server.Browser();

        foreach (
            var path in new[]
            {
                "/search?q=",
                "/api/v1/stories?q=",
                "/?channel=",
                "/?before=",
                "/chat/",
                "/feed.atom?channel=",
            }
        )
        {
            using var answer = await browser.GetAsync(
                path + Uri.EscapeDataString(words),
                TestContext.Current.CancellationToken
            );
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            Assert.True(
                answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.BadRequest,
                $"{path}{words}: {answer.StatusCode}"
            );
            Assert.DoesNotContain("SQLite Error", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("fts5:", text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(
            0,
            server.Count("SELECT COUNT(*) FROM sqlite_master WHERE name IN ('story', 'comment') HAVING COUNT(*) <> 2")
        );
        Assert.Empty(Errors());
    }

    [Theory]
    [InlineData("x' OR 1=1; DROP TABLE story; --")]
    [InlineData("\" OR \"\"=\"")]
    [InlineData("{{ 'x' | append: 'y' }} {% for i in (1..1000000000) %}x{% endfor %}")]
    [InlineData("regex:/(a+)+$/ (((((((((((((((((((((((((((((((((")]
    [InlineData("line\nforged: entry\r\nwarn: NewsBot[0]\u001b[31m")]
    [InlineData("%s%s%n {0} {1:N99999999}")]
    [InlineData("../../etc/passwd ..\\..\\x file:///etc/passwd")]
    public async Task No_command_breaks_on_any_words(string words)
    {
        foreach (var spec in Catalogue.All)
        {
            var reply = await server.AskAsync($"{spec.Name} {words}");

            Assert.DoesNotContain("sqlite", reply.Markdown, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Empty(Errors());
    }

    private IEnumerable<string> Errors() =>
        server.Log.Lines.Where(line =>
            line.StartsWith("Error ", StringComparison.Ordinal)
            || line.StartsWith("Critical ", StringComparison.Ordinal)
        );
}
