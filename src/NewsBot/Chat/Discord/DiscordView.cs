using System.Globalization;
using NewsBot.Clients.Discord;
using NewsBot.Core.Stories;
using NewsBot.Web;

namespace NewsBot.Chat.Discord;

/// <summary>Where a message will stand, as far as it matters for how it looks.</summary>
/// <param name="Guild">The server.</param>
/// <param name="Channel">The channel the outbox names.</param>
/// <param name="IsForum">True in forum and media channels, where every card is a post with a thread of its own.</param>
internal sealed record DiscordView(Snowflake Guild, Snowflake Channel, bool IsForum)
{
    /// <summary>Origin of our pages without a slash at its end; null where nobody outside reaches them, or the channel does not publish.</summary>
    public string? PagesAt { get; init; }

    /// <summary>Last part of the card's page address; empty for none.</summary>
    public string Slug { get; init; } = "";

    /// <summary>Headline of the story whose comment a digest quotes; null where it is not known.</summary>
    public string? QuotedHeadline { get; init; }

    /// <summary>The card's picture; null for none.</summary>
    public DiscordPicture? Picture { get; init; }

    /// <returns>A story's page; null where there is none for these readers.</returns>
    public string? Page(StoryId story) =>
        PagesAt is null ? null
        : Slug.Length > 0 ? PagesAt + PageAddresses.StoryPath(story.Value, Slug)
        : string.Create(CultureInfo.InvariantCulture, $"{PagesAt}/stories/{story.Value}");
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
