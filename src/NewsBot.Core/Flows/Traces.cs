using System.Diagnostics;

namespace NewsBot.Core.Flows;

/// <summary>
/// Spans of a story's way: poll, story, post.send, reply, page.refresh, and digest. None are made while nobody listens.
/// What they say of themselves are ids and words of closed sets, never text or an address.
/// </summary>
public static class Traces
{
    /// <summary>What listeners ask for.</summary>
    public const string Name = "NewsBot";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>
    /// What a trace is continued by after it went through the database; null where nothing is recorded. Only spans of ours
    /// count: one that a request brought along was made up by whoever sent it.
    /// Source: https://www.w3.org/TR/trace-context/#traceparent-header
    /// </summary>
    public static string? Cause
    {
        get
        {
            var own = Own();
            return own is { Recorded: true } ? own.Id : null;
        }
    }

    /// <summary>Begins a span, which ends when it is disposed of. Has to be called in an async method, which ends its being the current one.</summary>
    /// <param name="name">What happens.</param>
    /// <param name="cause">As <see cref="Cause"/> once said; null for what belongs to the span of ours it happens in, or to none.</param>
    /// <returns>Null where nobody listens.</returns>
    public static Activity? Start(string name, string? cause = null)
    {
        if (!IsOn)
        {
            return null;
        }

        if (ActivityContext.TryParse(cause, null, isRemote: true, out var parent))
        {
            return Source.StartActivity(name, ActivityKind.Internal, parent);
        }

        if (Own() is null)
        {
            Activity.Current = null;
        }

        return Source.StartActivity(name);
    }

    private static Activity? Own()
    {
        var span = Activity.Current;
        while (span is not null && span.Source != Source)
        {
            span = span.Parent;
        }

        return span;
    }
}
