using System.Text.RegularExpressions;

namespace NewsBot.Chat.Slack;

/// <summary>Where a message will stand, as far as it matters for how it looks.</summary>
/// <param name="Channel">The channel the outbox names.</param>
internal sealed record SlackView(string Channel)
{
    /// <summary>The workspace's address with a slash at its end; null where it is not known.</summary>
    public string? TeamUrl { get; init; }

    /// <summary>Our pages as the readers of this channel reach them.</summary>
    public StoryLinks Links { get; init; } = new(null, "");

    /// <summary>Headline of the story whose comment a digest quotes; null where it is not known.</summary>
    public string? QuotedHeadline { get; init; }

    /// <summary>The card's picture; null for none, or where Slack could not fetch it from us.</summary>
    public SlackPicture? Picture { get; init; }

    /// <summary>The message whose thread it stands in; null for the channel itself.</summary>
    public string? Thread { get; init; }

    /// <summary>Whether a copy says whose it is, because it is not posted under that name.</summary>
    public bool IsNameInText { get; init; }

    /// <returns>Where a message of this channel, or of the same thread, is read; null where that is not known.</returns>
    public string? Permalink(string? message) => MessageLinks.Slack(TeamUrl, Channel, message, Thread);
}

/// <summary>A stored picture as a message shows it.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Url">Where Slack fetches it.</param>
/// <param name="Alt">Words for who cannot see it; null for none.</param>
/// <param name="Width">Pixels; null where unknown.</param>
/// <param name="Height">Pixels; null where unknown.</param>
internal sealed record SlackPicture(long Id, string Url, string? Alt, int? Width, int? Height);

/// <summary>A user group, which is what a role is on Slack.</summary>
internal static partial class SlackGroups
{
    /// <returns>True for the id of a user group; a name would be foreign text, and call nobody.</returns>
    public static bool IsGroup(string? id) => id is not null && GroupId().IsMatch(id);

    [GeneratedRegex(@"\AS[A-Z0-9]{2,30}\z", RegexOptions.None, 1_000)]
    private static partial Regex GroupId();
}
