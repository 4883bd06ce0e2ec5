using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;

namespace NewsBot.Chat.Discord;

/// <summary>Makes posts in forum and media channels, with tags.</summary>
internal sealed class DiscordForum(DiscordRest rest)
{
    // More tags than this Discord refuses.
    private const int MaxTags = 5;

    /// <returns>The thread, whose id is that of its first message too.</returns>
    /// <exception cref="DiscordException">Refused; 40067 where a tag is asked for and none fits.</exception>
    public async Task<Snowflake> StartAsync(DiscordPost post, DiscordForm form, CancellationToken cancellationToken)
    {
        var forum = await rest.GetChannelAsync(post.View.Channel, cancellationToken);
        var draft = new ThreadDraft
        {
            Name = DiscordRenderer.ThreadName(post.Outgoing.Body),
            AppliedTags = Tags(forum, post) is { Count: > 0 } tags ? tags : null,
            Message = form.Message(),
        };
        return (await rest.StartForumPostAsync(forum.Id, draft, form.Files, cancellationToken)).Id;
    }

    /// <summary>
    /// The tags named for the channel, else the one named like the source's category. A tag only moderators may give is
    /// left out where nobody named it.
    /// </summary>
    public static IReadOnlyList<Snowflake> Tags(Channel forum, DiscordPost post)
    {
        var offered = forum.AvailableTags ?? [];
        var named = offered.Where(tag => post.Tags.Any(name => IsNamed(tag, name))).Select(tag => tag.Id).ToList();
        return named.Count > 0
            ? named.GetRange(0, Math.Min(named.Count, MaxTags))
            : [.. offered.Where(tag => !tag.Moderated && IsNamed(tag, post.Category)).Select(tag => tag.Id).Take(1)];
    }

    private static bool IsNamed(ForumTag tag, string? name) =>
        name is not null && string.Equals(tag.Name?.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase);
}
