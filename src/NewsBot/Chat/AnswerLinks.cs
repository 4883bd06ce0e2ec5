using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat;

/// <summary>Gives the links of an answer addresses that whoever reads it can reach.</summary>
internal sealed class AnswerLinks(Database database, IOptions<WebOptions> web)
{
    /// <param name="markdown">Our own text; anything foreign in it is escaped.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The text with absolute addresses: of our pages, else of the articles, else none.</returns>
    public async Task<string> ResolveAsync(string markdown, CancellationToken cancellationToken)
    {
        var origin = web.Value.PublicUrl?.TrimEnd('/');
        var articles =
            origin is null && AnswerText.StoriesIn(markdown) is { Count: > 0 } stories
                ? await ArticlesAsync(stories, cancellationToken)
                : [];
        return AnswerText.WithLinks(markdown, origin, articles);
    }

    private async Task<Dictionary<long, string>> ArticlesAsync(
        IReadOnlyList<long> stories,
        CancellationToken cancellationToken
    )
    {
        var rows = await database.ReadAsync(
            connection =>
                connection.QueryAsync<(long Id, string Url)>(
                    "SELECT id, url FROM story WHERE id IN @stories",
                    new { stories = Among.Of(stories) }
                ),
            cancellationToken
        );
        return rows.ToDictionary(row => row.Id, row => row.Url);
    }
}
