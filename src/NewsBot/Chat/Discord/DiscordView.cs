using System.Globalization;
using NewsBot.Clients.Discord;

namespace NewsBot.Chat.Discord;

/// <summary>Where a message will stand, as far as it matters for how it looks.</summary>
/// <param name="Guild">The server.</param>
/// <param name="Channel">The channel the outbox names.</param>
/// <param name="IsForum">True in forum and media channels, where every card is a post with a thread of its own.</param>
internal sealed record DiscordView(Snowflake Guild, Snowflake Channel, bool IsForum)
{
    /// <summary>Our pages as the readers of this channel reach them.</summary>
    public StoryLinks Links { get; init; } = new(null, "");

    /// <summary>Headline of the story whose comment a digest quotes; null where it is not known.</summary>
    public string? QuotedHeadline { get; init; }

    /// <summary>The card's picture; null for none.</summary>
    public DiscordPicture? Picture { get; init; }
}

/// <summary>A stored picture as a message shows it.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Alt">Words for who cannot see it; null for none.</param>
/// <param name="Width">Pixels; null where unknown.</param>
/// <param name="Height">Pixels; null where unknown.</param>
/// <param name="Bytes">WebP; empty where the message has the file already.</param>
internal sealed record DiscordPicture(long Id, string? Alt, int? Width, int? Height, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Name of the file in the message.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"story-{Id}.webp");
}
