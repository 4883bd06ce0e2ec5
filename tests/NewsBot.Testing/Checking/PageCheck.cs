using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NewsBot.Testing.Checking;

/// <summary>Reads the real pages and the API: each reply stands on its story's page once, with its number, and nothing else does.</summary>
internal static partial class PageCheck
{
    /// <param name="open">Opens the database, which tells the address of each story.</param>
    /// <param name="http">Talks to the running newsroom.</param>
    /// <param name="account">What was told and said.</param>
    /// <param name="report">What is found is added to it.</param>
    /// <param name="cancellationToken">Stops between two pages.</param>
    public static async Task LookAsync(
        Func<DbConnection> open,
        HttpClient http,
        Account account,
        CheckReport report,
        CancellationToken cancellationToken
    )
    {
        var ledger = Ledger.Read(open);
        foreach (var told in account.Stories)
        {
            var said = account.Replies.Where(reply => reply.Headline == told.Headline).ToList();
            if (
                said.Count == 0
                || ledger.Stories.FirstOrDefault(story => story.Headline == told.Headline) is not { } story
            )
            {
                continue;
            }

            var path = string.Create(CultureInfo.InvariantCulture, $"stories/{story.Id}");
            var html = await http.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);
            var json = await http.GetStringAsync(
                new Uri($"api/v1/{path}/comments?limit=200", UriKind.Relative),
                cancellationToken
            );
            LookAtPage(told, said, html, report);
            LookAtJson(told, said, json, ledger, report);
        }
    }

    private static void LookAtPage(ToldStory told, List<SaidReply> said, string html, CheckReport report)
    {
        var numbers = Items()
            .Matches(html)
            .Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture))
            .Order()
            .ToList();
        // A page holds two hundred.
        if (numbers.Count < 200 && !numbers.SequenceEqual(Enumerable.Range(1, numbers.Count)))
        {
            report.Add(
                FindingKind.Misnumbered,
                $"The page of “{told.Headline}” has the numbers {string.Join(", ", numbers)}."
            );
        }

        foreach (var reply in said.Where(reply => !reply.MayBeUnknown && numbers.Count < 200))
        {
            var texts = Bodies()
                .Matches(html)
                .Count(match => match.Value.Contains(reply.Mark, StringComparison.Ordinal));
            report.Count(reply.IsDeleted ? 0 : 1, texts, $"“{reply.Text}” on the page of “{told.Headline}”");
        }
    }

    private static void LookAtJson(ToldStory told, List<SaidReply> said, string json, Ledger ledger, CheckReport report)
    {
        var comments = JsonDocument.Parse(json).RootElement.GetProperty("comments").EnumerateArray().ToList();
        foreach (
            var reply in said.Where(reply => reply is { IsDeleted: false, MayBeUnknown: false } && comments.Count < 200)
        )
        {
            var own = comments.Where(comment => comment.GetProperty("text").GetString() == reply.Text).ToList();
            report.Count(1, own.Count, $"“{reply.Text}” of “{told.Headline}” in the API");
            var row = ledger.Comments.FirstOrDefault(comment => comment.Body == reply.Text);
            if (own.Count == 1 && row is not null && own[0].GetProperty("number").GetInt64() != row.Number)
            {
                report.Add(FindingKind.Misnumbered, $"“{reply.Text}” is #{row.Number} and {own[0]} in the API.");
            }
        }
    }

    [GeneratedRegex(
        "<li (?=[^>]*\\bclass=\"c[ \"])[^>]*\\bvalue=\"(?<number>[0-9]+)\"",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Items();

    [GeneratedRegex("<div class=\"md\".*?</div>", RegexOptions.Singleline, 1_000)]
    private static partial Regex Bodies();
}
