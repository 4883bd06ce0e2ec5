using NewsBot.Clients.Discord;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Discord;

/// <summary>A post on its way to Discord, with what is known of its place.</summary>
/// <param name="Outgoing">The post.</param>
/// <param name="View">How its place shapes it.</param>
/// <param name="ChannelName">Without "#".</param>
internal sealed record DiscordPost(OutgoingPost Outgoing, DiscordView View, string ChannelName)
{
    /// <summary>Names of the tags the channel's posts get; empty for what fits.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Category of the source that leads the story; null for none.</summary>
    public string? Category { get; init; }

    /// <summary>The subject's first message, for its later parts; null where there is none.</summary>
    public Snowflake? FirstMessage { get; init; }

    /// <summary>The story's thread, for what belongs into it; null for everything else.</summary>
    public Snowflake? Thread { get; init; }

    /// <summary>The message to edit or delete.</summary>
    public Snowflake? Message => Snowflake.TryParse(Outgoing.MessageId, out var id) ? id : null;

    /// <summary>True for the first message of a forum post: it is made together with its thread.</summary>
    public bool IsForumStarter => View.IsForum && Thread is null && !(IsLaterPart && FirstMessage is not null);

    /// <summary>The channel or thread the message stands in.</summary>
    public Snowflake Home =>
        Thread is { } thread ? thread
        : !View.IsForum ? View.Channel
        : IsLaterPart ? FirstMessage ?? Message ?? View.Channel
        : Message ?? View.Channel;

    /// <summary>The post as Discord's parts need it.</summary>
    /// <param name="post">The post.</param>
    /// <param name="thread">The story's thread, for what belongs into it; null for everything else.</param>
    public static DiscordPost Of(ChatPost post, Snowflake? thread = null) =>
        new(
            post.Outgoing,
            new DiscordView(
                Snowflake.Parse(post.Workspace),
                Snowflake.Parse(post.Outgoing.ChannelExternalId),
                post.ChannelKind is "forum" or "media"
            )
            {
                Links = post.Links,
                QuotedHeadline = post.Headline,
                Picture = post.Picture is { } picture
                    ? new DiscordPicture(
                        picture.Id,
                        picture.Alt,
                        picture.Width,
                        picture.Height,
                        ReadOnlyMemory<byte>.Empty
                    )
                    : null,
            },
            post.ChannelName
        )
        {
            Tags = post.Tags,
            Category = post.Category,
            Thread = thread,
            FirstMessage = Snowflake.TryParse(post.FirstMessage, out var first) ? first : null,
        };

    private bool IsLaterPart => !Outgoing.Key.EndsWith("/0", StringComparison.Ordinal);
}
