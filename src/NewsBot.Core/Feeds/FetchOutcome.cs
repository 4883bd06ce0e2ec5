namespace NewsBot.Core.Feeds;

/// <summary>How one fetch ended. Each expected ending has its own type, so a caller must say what it does with it.</summary>
public abstract record FetchOutcome
{
    private FetchOutcome() { }

    /// <summary>The server sent a document.</summary>
    /// <param name="Body">Raw bytes, already decompressed, bounded.</param>
    /// <param name="ContentType">The Content-Type header as sent; null where absent.</param>
    /// <param name="FinalUrl">Where the document came from after redirects.</param>
    /// <param name="MovedTo">The new address where every redirect was permanent (301, 308); else null.</param>
    /// <param name="ETag">As sent; null where absent.</param>
    /// <param name="LastModified">As sent; null where absent.</param>
    /// <param name="BodyHash">SHA-256 of <paramref name="Body"/> in lower-case hex, to be given back in the next request.</param>
    /// <param name="FreshFor">How long the server says it stays fresh (Cache-Control max-age, else Expires); null where it does not say.</param>
    public sealed record Fetched(
        ReadOnlyMemory<byte> Body,
        string? ContentType,
        Uri FinalUrl,
        Uri? MovedTo,
        string? ETag,
        string? LastModified,
        string BodyHash,
        TimeSpan? FreshFor
    ) : FetchOutcome
    {
        /// <summary>
        /// What <see cref="Body"/> lies in; null where it is nobody's. Whoever reads many documents disposes of it once the
        /// body was read; without that the memory is collected like any other.
        /// </summary>
        public IDisposable? Lease { get; init; }

        /// <summary>The hub that the Link headers name; null where they name none.</summary>
        public Uri? Hub { get; init; }

        /// <summary>What the Link headers call the document (rel=self); null where they do not.</summary>
        public Uri? Self { get; init; }
    }

    /// <summary>304, or the same bytes as last time: there is nothing to parse.</summary>
    /// <param name="FreshFor">As in <see cref="Fetched"/>.</param>
    /// <param name="MovedTo">As in <see cref="Fetched"/>.</param>
    public sealed record NotModified(TimeSpan? FreshFor, Uri? MovedTo) : FetchOutcome
    {
        /// <summary>The validator of this answer, to be kept instead of the old one; null: keep the old one.</summary>
        public string? ETag { get; init; }

        /// <summary>The validator of this answer, to be kept instead of the old one; null: keep the old one.</summary>
        public string? LastModified { get; init; }
    }

    /// <summary>429 or 503, or the host still rests after such an answer to another request: a pause is asked for.</summary>
    /// <param name="RetryAfter">What is left of the pause; null where the header was absent or unreadable.</param>
    public sealed record Throttled(TimeSpan? RetryAfter) : FetchOutcome;

    /// <summary>410: the publisher says it is gone for good.</summary>
    public sealed record Gone : FetchOutcome;

    /// <summary>No document, for a reason worth showing to whoever added the source.</summary>
    /// <param name="Reason">One or two English sentences without secrets: what happened and what can be done.</param>
    public sealed record Failed(string Reason) : FetchOutcome
    {
        /// <summary>The same for counting.</summary>
        public FetchFailure Kind { get; init; }

        /// <summary>True where a login, or another one, may help.</summary>
        public bool WantsLogin { get; init; }
    }
}
