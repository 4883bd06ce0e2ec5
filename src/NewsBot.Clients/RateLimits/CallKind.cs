namespace NewsBot.Clients.RateLimits;

/// <summary>Which calls are counted together. Two calls of equal kind share every limit there is.</summary>
/// <param name="Route">Method and path template, such as "GET /channels/{channel}".</param>
/// <param name="Major">The id (and token) that has its own count; empty for none. May be secret, so it is never shown.</param>
internal sealed record CallKind(string Route, string Major)
{
    /// <summary>Sets calls apart that share a bucket but not every hidden limit, such as renaming among all changes.</summary>
    public string Variant { get; init; } = "";

    /// <summary>True where the limit over all calls does not count it.</summary>
    public bool IsOutsideGlobal { get; init; }

    /// <summary>True where no bucket is known to exist: only a refusal makes such calls wait.</summary>
    public bool HasNoBucket { get; init; }

    public override string ToString() => Route;
}
