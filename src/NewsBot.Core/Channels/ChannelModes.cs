namespace NewsBot.Core.Channels;

/// <summary>The names of channel modes, as admins write them and the database keeps them.</summary>
public static class ChannelModes
{
    public static IReadOnlyList<string> Names { get; } = ["instant", "digest", "digest+breaking"];

    /// <param name="text">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static ChannelMode Parse(string text) =>
        text switch
        {
            "instant" => ChannelMode.Instant,
            "digest" => ChannelMode.Digest,
            "digest+breaking" => ChannelMode.DigestAndBreaking,
            _ => throw new ArgumentException($"There is no channel mode “{text}”.", nameof(text)),
        };
}
