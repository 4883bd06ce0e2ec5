using System.Net.Http.Headers;
using NewsBot.Core.Feeds;

namespace NewsBot.Fetching;

/// <summary>
/// Reads from Link headers which hub tells of a document, and what it is called there. Pure. Sources:
/// https://www.rfc-editor.org/rfc/rfc8288#section-3 and https://www.w3.org/TR/websub/#discovery
/// </summary>
internal static class LinkHeader
{
    // WordPress sends three; whoever sends more than this hides something.
    private const int MaxLinks = 50;

    /// <param name="headers">Of the answer.</param>
    /// <param name="url">Where relative addresses start.</param>
    /// <returns>Null for what is not said. Of several hubs the first, but one with https before one without.</returns>
    public static (Uri? Hub, Uri? Self) Read(HttpHeadersNonValidated headers, Uri url)
    {
        (Uri? Hub, Uri? Self) found = (null, null);
        if (!headers.TryGetValues("Link", out var values))
        {
            return found;
        }

        foreach (var (target, relations) in values.SelectMany(Split).Take(MaxLinks))
        {
            if (!Uri.TryCreate(url, target, out var address) || WebAddressRules.Complaint(address) is not null)
            {
                continue;
            }

            if (relations.Contains("hub", StringComparer.OrdinalIgnoreCase))
            {
                found.Hub = FeedHub.Better(found.Hub, address);
            }

            if (relations.Contains("self", StringComparer.OrdinalIgnoreCase))
            {
                found.Self ??= address;
            }
        }

        return found;
    }

    private static IEnumerable<(string Target, string[] Relations)> Split(string header)
    {
        var at = 0;
        while (header.IndexOf('<', at) is >= 0 and var start && header.IndexOf('>', start) is > 0 and var end)
        {
            at = End(header, end, ',');
            yield return (header[(start + 1)..end].Trim(), Relations(header[(end + 1)..at]));
        }
    }

    private static string[] Relations(string parameters)
    {
        for (var at = 0; at < parameters.Length; )
        {
            var end = End(parameters, at, ';');
            var parts = parameters[at..end].Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length == 2 && parts[0].Equals("rel", StringComparison.OrdinalIgnoreCase))
            {
                return parts[1].Trim('"').Split(' ', StringSplitOptions.RemoveEmptyEntries);
            }

            at = end + 1;
        }

        return [];
    }

    // The next sign that separates, which one between quotes does not.
    private static int End(string text, int at, char separator)
    {
        var isQuoted = false;
        for (; at < text.Length && (isQuoted || text[at] != separator); at++)
        {
            isQuoted ^= text[at] == '"';
        }

        return at;
    }
}
