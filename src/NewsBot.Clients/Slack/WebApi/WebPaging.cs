using System.Runtime.CompilerServices;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>Reads page after page. Source: https://docs.slack.dev/apis/web-api/pagination</summary>
internal static class WebPaging
{
    // Pages may be empty and lead on nevertheless; this ends a row that leads nowhere.
    private const int MaxPages = 1_000;

    /// <param name="page">Reads the page at a cursor, null for the first, and says where the next one is.</param>
    /// <param name="maxItems">Ends after so many.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async IAsyncEnumerable<T> AllAsync<T>(
        Func<string?, CancellationToken, Task<(IReadOnlyList<T> Items, string? Next)>> page,
        int maxItems,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var left = maxItems;
        string? cursor = null;
        for (var number = 0; number < MaxPages && left > 0; number++)
        {
            var (items, next) = await page(cursor, cancellationToken);
            foreach (var item in items.Take(left))
            {
                yield return item;
            }

            left -= items.Count;
            if (string.IsNullOrEmpty(next) || next == cursor)
            {
                yield break;
            }

            cursor = next;
        }
    }
}
