using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Discord.Rest;

/// <summary>One call: where to, with what, and what may be done when it fails.</summary>
/// <param name="Method">Its verb.</param>
/// <param name="Template">The path with names for ids, such as /channels/{channel}; this is what errors may show.</param>
/// <param name="Path">The path with the ids in it, and the query. May hold a secret.</param>
/// <param name="Major">The id that has limits of its own; empty for none.</param>
internal sealed record RestCall(HttpMethod Method, string Template, string Path, string Major)
{
    /// <summary>Null for none.</summary>
    public RestBody? Body { get; init; }

    /// <summary>Sets it apart where a hidden limit does.</summary>
    public string Variant { get; init; } = "";

    /// <summary>False where the path itself says who calls, by a token of an interaction or a webhook.</summary>
    public bool IsAuthorized { get; init; } = true;

    /// <summary>A token of its own, struck out wherever it would be shown; null for none.</summary>
    public string? Secret { get; init; }

    public bool IsOutsideGlobal { get; init; }

    public bool HasNoBucket { get; init; }

    /// <summary>Doing it twice is like doing it once.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>The refusal of a repeated call that shows that an earlier one got through; 0 for none.</summary>
    public int DoneCode { get; init; }

    /// <summary>Over all tries and waits; null for none.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>What may be shown to people.</summary>
    public string Route => $"{Method} {Template}";

    /// <summary>Deletions of old messages have a bucket of their own; other variants differ in hidden limits only.</summary>
    public CallKind Kind =>
        new(Method == HttpMethod.Delete ? Route + Variant : Route, Major)
        {
            Variant = Variant,
            IsOutsideGlobal = IsOutsideGlobal,
            HasNoBucket = HasNoBucket,
        };

    public override string ToString() => Route;
}
