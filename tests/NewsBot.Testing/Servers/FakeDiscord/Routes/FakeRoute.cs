using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>A route of the REST interface.</summary>
/// <param name="Method">GET, POST and so on.</param>
/// <param name="Template">Such as /channels/{channel}/messages, without the version before it.</param>
/// <param name="Handle">Runs under the lock of the state.</param>
internal sealed record FakeRoute(string Method, string Template, Func<FakeCall, FakeReply> Handle)
{
    private readonly string[] _parts = Template.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether it asks for no Authorization: routes whose path holds a token, and public ones.</summary>
    public bool Open { get; init; }

    /// <summary>Whether humans who signed in by OAuth may use it.</summary>
    public bool Bearer { get; init; }

    /// <summary>Which limit counts it; null is never limited.</summary>
    public Func<FakeLimits, FakeLimit>? Limit { get; init; } = limits => limits.Other;

    /// <summary>Routes of the same name share their bucket; null gives each its own.</summary>
    public string? Bucket { get; init; }

    /// <summary>Whether it counts against the limit over all routes.</summary>
    public bool Global { get; init; } = true;

    /// <summary>Whether it serves a file, which is limited nowhere.</summary>
    public bool IsFile => Template.Contains("{name}", StringComparison.Ordinal);

    /// <summary>The first route that fits a request, and whether one with another method would.</summary>
    public static (FakeRoute? Route, Dictionary<string, string> Values, bool AnyMethod) Find(
        IReadOnlyList<FakeRoute> routes,
        string method,
        string[] path
    )
    {
        var anyMethod = false;
        foreach (var route in routes)
        {
            if (route.Match(path) is { } values)
            {
                if (route.Method == method)
                {
                    return (route, values, true);
                }

                anyMethod = true;
            }
        }

        return (null, [], anyMethod);
    }

    /// <summary>Reads the named parts of a path.</summary>
    /// <returns>Null where the path is another one.</returns>
    public Dictionary<string, string>? Match(string[] path)
    {
        if (path.Length != _parts.Length)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < path.Length; index++)
        {
            var part = _parts[index];
            if (part.StartsWith('{'))
            {
                values[part[1..^1]] = path[index];
            }
            else if (part != path[index])
            {
                return null;
            }
        }

        return values;
    }
}
