using System.Globalization;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Web;

namespace NewsBot.Chat;

/// <summary>A post on its way to a platform, with what is known of its place.</summary>
/// <param name="Outgoing">The post.</param>
/// <param name="Workspace">The platform's id of the workspace.</param>
/// <param name="ChannelName">Without "#".</param>
/// <param name="ChannelKind">"text", "announcement", "forum" or "media".</param>
internal sealed record ChatPost(OutgoingPost Outgoing, string Workspace, string ChannelName, string ChannelKind)
{
    /// <summary>Our pages as the readers of this channel reach them.</summary>
    public StoryLinks Links { get; init; } = new(null, "");

    /// <summary>Headline of the story the post is about, or whose comment a digest quotes; null where it is about none.</summary>
    public string? Headline { get; init; }

    /// <summary>Category of the source that leads the story; null for none.</summary>
    public string? Category { get; init; }

    /// <summary>Names of the tags the channel's posts get; empty for what fits.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The subject's first message, for its later parts; null where there is none.</summary>
    public string? FirstMessage { get; init; }

    /// <summary>The card's picture where we have it; null for none.</summary>
    public ChatPicture? Picture { get; init; }

    /// <summary>Since when a picture that is not here yet is being fetched; null where there is none to wait for.</summary>
    public DateTimeOffset? PictureWantedAt { get; init; }
}

/// <summary>A stored picture as a message shows it.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Alt">Words for who cannot see it; null for none.</param>
/// <param name="Width">Pixels; null where unknown.</param>
/// <param name="Height">Pixels; null where unknown.</param>
internal sealed record ChatPicture(long Id, string? Alt, int? Width, int? Height)
{
    /// <summary>What lets the platform fetch it from us.</summary>
    public string? Key { get; init; }
}

/// <summary>Addresses of stories for the readers of one channel.</summary>
/// <param name="Origin">Of our pages, without a slash at its end; null where nobody outside reaches them, or the channel does not publish.</param>
/// <param name="Slug">Last part of the address of the post's own story; empty for none.</param>
internal sealed record StoryLinks(string? Origin, string Slug)
{
    /// <returns>A story's page; null where there is none for these readers.</returns>
    public string? Page(StoryId story) =>
        Origin is null ? null
        : Slug.Length > 0 ? Origin + PageAddresses.StoryPath(story.Value, Slug)
        : string.Create(CultureInfo.InvariantCulture, $"{Origin}/stories/{story.Value}");
}
