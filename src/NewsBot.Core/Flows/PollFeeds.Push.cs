using Microsoft.Extensions.Logging;
using NewsBot.Core.Feeds;

namespace NewsBot.Core.Flows;

/// <content>Takes in what a hub sends, as if it had been polled.</content>
public sealed partial class PollFeeds
{
    /// <summary>
    /// Takes a document in that a feed's hub sent. What nobody knew goes the way of what is polled; validators, title and the
    /// feed's pace stay as they are. Where it changes what is known, or is no feed, the publisher is asked at once: hubs promise
    /// no order, so an older text could come after a newer one.
    /// </summary>
    /// <param name="id">Whose it is, whatever the document itself says.</param>
    /// <param name="body">As sent; bounded.</param>
    /// <param name="contentType">The Content-Type header as sent; null where absent.</param>
    /// <param name="hash">SHA-256 of <paramref name="body"/> in lower-case hex.</param>
    /// <param name="cancellationToken">Stops at once; nothing is taken in then.</param>
    /// <returns>How many stories are new or have grown; 0 where nobody wants the feed any more.</returns>
    public async Task<int> TakePushedAsync(
        FeedId id,
        ReadOnlyMemory<byte> body,
        string? contentType,
        string hash,
        CancellationToken cancellationToken
    )
    {
        if (await feeds.FindAsync(id, cancellationToken) is not { } feed)
        {
            return 0;
        }

        var pushed = new FetchOutcome.Fetched(body, contentType, feed.Url, null, null, null, hash, null);
        if (Parse(feed, pushed) is not FeedParseOutcome.Parsed { Feed: var document })
        {
            LogUnreadable(id);
            await PollSoonAsync(feed, cancellationToken);
            return 0;
        }

        var incoming = await ChooseAsync(feed, document, cancellationToken);
        var changed = incoming.RemoveAll(entry => entry.Known is not null);
        var read = await _texts.ReadAsync(incoming, Workers, cancellationToken);
        var poll = new FeedPoll(feed, null, time.GetUtcNow(), null, null, IsRetired: false, IsContact: true);
        var taken = await TakeInAsync(poll, document, pushed, read, cancellationToken);
        if (changed > 0)
        {
            await PollSoonAsync(feed, cancellationToken);
        }

        return taken;
    }

    private Task PollSoonAsync(Feed feed, CancellationToken cancellationToken) =>
        feeds.PollSoonAsync(
            feed.Id,
            time.GetUtcNow(),
            options.Value.MinInterval,
            options.Value.ClaimFor,
            cancellationToken
        );

    [LoggerMessage(LogLevel.Information, "What the hub of {Feed} sent is no feed")]
    private partial void LogUnreadable(FeedId feed);
}
