using NewsBot.Core.Feeds;
using NewsBot.Core.Summaries;
using NewsBot.Fetching.Articles;

namespace NewsBot.Fetching;

/// <summary>Fetches an article page and reads its main text.</summary>
internal sealed partial class ArticleReader(IFetcher fetcher, TimeProvider time, ILogger<ArticleReader> logger)
    : IArticleReader,
        IDisposable
{
    // Real pages take well under a second; this is for those made to take long.
    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(10);

    // The search keeps a core busy; a page made to take long shall have one at most.
    private readonly SemaphoreSlim _oneAtATime = new(1);

    private readonly SiteLines _siteLines = new();

    public async Task<ArticleText?> ReadAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            var request = FetchRequest.First(url) with { Kind = FetchKind.Page };
            if (await fetcher.FetchAsync(request, cancellationToken) is not FetchOutcome.Fetched page || !IsHtml(page))
            {
                return null;
            }

            var reading = await ExtractAsync(page, cancellationToken);
            if (reading.Reason is { } reason)
            {
                LogUnreadable(url.Host, reason);
            }

            return reading.Article;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnreadable(url.Host, "it takes too long to read");
            return null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Foreign markup meets a parser: whatever breaks there costs one summary, nothing else.
            LogUnreadable(url.Host, error.GetType().Name);
            return null;
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<PageReading> ExtractAsync(FetchOutcome.Fetched page, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            using var deadline = new CancellationTokenSource(ReadingTime, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            var html = HtmlBytes.Decode(page.Body.Span, page.ContentType);
            var reading = await ArticleExtractor.ReadAsync(html, page.FinalUrl, both.Token);
            return reading.Article is { } article
                ? PageReading.Of(_siteLines.Without(page.FinalUrl, article))
                : reading;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private static bool IsHtml(FetchOutcome.Fetched page) =>
        page.ContentType is null || page.ContentType.Contains("html", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(LogLevel.Debug, "Could not read an article of {Host}: {Reason}")]
    private partial void LogUnreadable(string host, string reason);
}
