using NewsBot.Core.Feeds;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;

namespace NewsBot.Commands;

/// <summary>Looks at an address somebody gave: is it a feed, does it name feeds, or what is wrong with it.</summary>
internal sealed class FeedLook(IFetcher fetcher)
{
    // Each is a request to somebody's server; what a page declares comes first.
    private const int MostTried = 8;

    private const int MostShown = 5;

    /// <param name="url">Any page or feed.</param>
    /// <param name="login">What opens it; null for none.</param>
    /// <param name="recipe">How the address is read as a page; null to look for feeds.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<FeedLookOutcome> RunAsync(
        Uri url,
        FeedLogin? login,
        PageRecipe? recipe,
        CancellationToken cancellationToken
    )
    {
        if (url.UserInfo.Length > 0)
        {
            return new FeedLookOutcome.Nothing(
                "This address holds a user name or password, and an address is shown to others. Leave them out: where the feed wants a login, there is a form for it."
            );
        }

        if (recipe is not null)
        {
            return await ReadPageAsync(url, login, recipe, cancellationToken);
        }

        var first = await TryAsync(url, login, cancellationToken);
        if (first.Feed is not null || first.Page is null)
        {
            return first.Feed is { } feed
                ? new FeedLookOutcome.Feeds([feed])
                : new FeedLookOutcome.Nothing(first.Problem) { WantsLogin = first.WantsLogin ? url : null };
        }

        Uri? closed = null;

        var feeds = new List<SeenFeed>();
        var candidates = FeedDiscovery.Find(first.Page.Body, first.Page.ContentType, first.Page.FinalUrl);
        foreach (var candidate in candidates.Take(MostTried))
        {
            // What a page declares is what it offers; guesses are only for pages that declare nothing.
            if (!candidate.Declared && feeds.Count > 0)
            {
                break;
            }

            var tried = await TryAsync(candidate.Url, login, cancellationToken);
            if (tried.Feed is { } feed && feeds.TrueForAll(one => one.Url != feed.Url))
            {
                feeds.Add(feed);
            }
            else if (candidate.Declared && tried.WantsLogin)
            {
                closed ??= candidate.Url;
            }
        }

        if (feeds.Count == 0 && closed is not null)
        {
            return new FeedLookOutcome.Nothing(
                $"{MarkdownEscape.Line(url.Host)} names the feed {MarkdownEscape.Line(closed.AbsoluteUri, 200)}, which wants a login."
            )
            {
                WantsLogin = closed,
            };
        }

        return feeds.Count > 0 ? new FeedLookOutcome.Feeds(feeds)
            : Suggested(url, first.Page) is { } page ? new FeedLookOutcome.Feeds([page])
            : new FeedLookOutcome.Nothing(
                $"{MarkdownEscape.Line(url.Host)} answers with a page, but neither the page nor the usual places lead to a feed. "
                    + "Look for “RSS” or “Feed” on the site and give that address, or read the page itself: `--items` takes a CSS selector for the entries it lists."
            );
    }

    private async Task<FeedLookOutcome> ReadPageAsync(
        Uri url,
        FeedLogin? login,
        PageRecipe recipe,
        CancellationToken cancellationToken
    )
    {
        var outcome = await fetcher.FetchAsync(FetchRequest.First(url) with { Login = login }, cancellationToken);
        if (outcome is not FetchOutcome.Fetched page)
        {
            var attempt = Failed(outcome);
            return new FeedLookOutcome.Nothing(attempt.Problem) { WantsLogin = attempt.WantsLogin ? url : null };
        }

        return PageFeed.Read(recipe, page.Body, page.ContentType, page.FinalUrl) switch
        {
            FeedParseOutcome.Parsed parsed => new FeedLookOutcome.Feeds([
                new SeenFeed(page.MovedTo ?? url, parsed.Feed) { Recipe = recipe },
            ]),
            FeedParseOutcome.NotAFeed no => new FeedLookOutcome.Nothing(
                MarkdownEscape.Line(no.Reason)
                    + (
                        Suggested(url, page) is { Recipe: { } better } seen
                            ? $" `{better.Text}` would match {Core.Commands.LengthOfTime.Count(seen.Feed.Entries.Count, "entry", "entries")}."
                            : ""
                    )
            ),
            _ => throw new InvalidOperationException("A page is read or not."),
        };
    }

    private static SeenFeed? Suggested(Uri url, FetchOutcome.Fetched page) =>
        PageFeed.Suggest(page.Body, page.ContentType, page.FinalUrl) is var (recipe, feed)
            ? new SeenFeed(page.MovedTo ?? url, feed) { Recipe = recipe }
            : null;

    /// <summary>What would be taken in, for people to read.</summary>
    public static string Describe(SeenFeed feed, DateTimeOffset now)
    {
        var entries = feed.Feed.Entries;
        var dated = entries.Where(entry => entry.PublishedAt is not null).ToList();
        var newest =
            dated.Count == 0
                ? "no dates"
                : $"newest {Answers.Age(dated.Max(entry => entry.PublishedAt!.Value).ToUnixTimeMilliseconds(), now)}";
        var repaired = feed.Feed.Repaired ? "\nIt breaks the rules of its format; what could be read was read." : "";
        var noLinks = entries.Count(entry => entry.Link is null);
        var missing =
            noLinks > 0
                ? $"\n{Core.Commands.LengthOfTime.Count(noLinks, "entry", "entries")} without an address would be left out."
                : "";
        var shown = entries
            .OrderByDescending(entry => entry.PublishedAt ?? DateTimeOffset.MinValue)
            .Take(MostShown)
            .Select(entry =>
                $"- {MarkdownEscape.Link(entry.Title.Length > 0 ? entry.Title : "(no title)", entry.Link is { } link ? CanonicalUrl.WithoutTracking(link).AbsoluteUri : "")}"
                + (entry.PublishedAt is { } at ? $" · {Answers.Age(at.ToUnixTimeMilliseconds(), now)}" : "")
            );
        return $"**{MarkdownEscape.Line(feed.Name, 80)}** · {MarkdownEscape.Line(feed.Url.AbsoluteUri, 200)}\n"
            + $"{Format(feed.Feed.Format)}, {Core.Commands.LengthOfTime.Count(entries.Count, "entry", "entries")}, {newest}{Language(feed)}{repaired}{missing}\n"
            + (
                feed.Recipe is { } recipe
                    ? $"It has no feed; what it lists is read, by the selectors {MarkdownEscape.Code(recipe.Text)}. Others are given with `--items`.\n"
                    : ""
            )
            + string.Join('\n', shown);
    }

    /// <summary>Reads the feed at exactly this address.</summary>
    /// <param name="url">Of a feed.</param>
    /// <param name="login">What opens it.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The feed, or the sentence that says why there is none.</returns>
    public async Task<(SeenFeed? Feed, string Problem)> ReadAsync(
        Uri url,
        FeedLogin login,
        CancellationToken cancellationToken
    )
    {
        var tried = await TryAsync(url, login, cancellationToken);
        return (tried.Feed, tried.Problem);
    }

    private async Task<Attempt> TryAsync(Uri url, FeedLogin? login, CancellationToken cancellationToken)
    {
        var outcome = await fetcher.FetchAsync(FetchRequest.First(url) with { Login = login }, cancellationToken);
        return outcome switch
        {
            FetchOutcome.Fetched page => FeedParser.Parse(page.Body, page.ContentType, page.FinalUrl) switch
            {
                FeedParseOutcome.Parsed parsed => new Attempt(new SeenFeed(page.MovedTo ?? url, parsed.Feed), null, ""),
                FeedParseOutcome.NotAFeed no => new Attempt(
                    null,
                    LooksLikeHtml(page) ? page : null,
                    MarkdownEscape.Line(no.Reason)
                ),
                _ => throw new InvalidOperationException("A document is a feed or not."),
            },
            _ => Failed(outcome),
        };
    }

    private static Attempt Failed(FetchOutcome outcome) =>
        outcome switch
        {
            FetchOutcome.Failed failed => new Attempt(null, null, MarkdownEscape.Line(failed.Reason))
            {
                WantsLogin = failed.WantsLogin,
            },
            FetchOutcome.Gone => new Attempt(null, null, "The publisher says this address is gone for good (410)."),
            FetchOutcome.Throttled => new Attempt(
                null,
                null,
                "The server asks for a pause. Try again in some minutes."
            ),
            _ => new Attempt(null, null, "The server did not send a document."),
        };

    private static bool LooksLikeHtml(FetchOutcome.Fetched page)
    {
        if (page.ContentType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true)
        {
            return true;
        }

        var start = System.Text.Encoding.Latin1.GetString(page.Body.Span[..Math.Min(page.Body.Length, 2_000)]);
        return start.Contains("<html", StringComparison.OrdinalIgnoreCase)
            || start.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase);
    }

    private static string Format(FeedFormat format) =>
        format switch
        {
            FeedFormat.Rss => "RSS",
            FeedFormat.Rdf => "RSS 1.0",
            FeedFormat.Atom => "Atom",
            FeedFormat.Json => "JSON Feed",
            _ => "a page",
        };

    private static string Language(SeenFeed feed) =>
        feed.Feed.Language is { } tag ? $", language {MarkdownEscape.Line(tag, 20)}" : "";

    private sealed record Attempt(SeenFeed? Feed, FetchOutcome.Fetched? Page, string Problem)
    {
        public bool WantsLogin { get; init; }
    }
}

/// <summary>What was found at an address.</summary>
internal abstract record FeedLookOutcome
{
    private FeedLookOutcome() { }

    /// <param name="Found">At least one; more where a page names several.</param>
    internal sealed record Feeds(IReadOnlyList<SeenFeed> Found) : FeedLookOutcome;

    /// <param name="Problem">Markdown: what is there instead and what to try.</param>
    internal sealed record Nothing(string Problem) : FeedLookOutcome
    {
        /// <summary>The address that a login may open; null where that would not help.</summary>
        public Uri? WantsLogin { get; init; }
    }
}

/// <summary>A feed as it is now.</summary>
/// <param name="Url">Where it is to be polled.</param>
/// <param name="Feed">What it holds.</param>
internal sealed record SeenFeed(Uri Url, ParsedFeed Feed)
{
    /// <summary>How it is read where it is a page; null for a feed.</summary>
    public PageRecipe? Recipe { get; init; }

    /// <summary>Its title; the host where it has none.</summary>
    public string Name =>
        FeedTitle.NameOf(Feed.Title) is not { Length: > 0 } name ? Url.Host
        : name.Length <= 80 ? name
        : name[..80].TrimEnd();
}
