namespace NewsBot.Core.Channels;

/// <summary>The names of mirror modes, as admins write them and the database keeps them.</summary>
public static class MirrorModes
{
    public static IReadOnlyList<string> Names { get; } = ["post-only", "collect", "two-way"];

    /// <param name="text">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static MirrorMode Parse(string text) =>
        text switch
        {
            "post-only" => MirrorMode.PostOnly,
            "collect" => MirrorMode.Collect,
            "two-way" => MirrorMode.TwoWay,
            _ => throw new ArgumentException($"There is no mirror mode “{text}”.", nameof(text)),
        };
}
