using NewsBot.Clients.Slack;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Slack;

/// <summary>A post on its way to Slack, with what is known of its place.</summary>
/// <param name="Outgoing">The post.</param>
/// <param name="View">How its place shapes it.</param>
/// <param name="ChannelName">Without "#".</param>
internal sealed record SlackPost(OutgoingPost Outgoing, SlackView View, string ChannelName)
{
    /// <summary>The message to edit or delete; empty for none.</summary>
    public SlackTs Message => SlackTs.TryParse(Outgoing.MessageId, out var ts) ? ts : default;

    /// <summary>The post as Slack's parts need it.</summary>
    /// <param name="post">As it was read.</param>
    /// <param name="teamUrl">The workspace's address; null where it is not known.</param>
    /// <param name="origin">Where Slack fetches pictures from us; null where it cannot reach us.</param>
    public static SlackPost Of(ChatPost post, string? teamUrl, string? origin) =>
        new(
            post.Outgoing,
            new SlackView(post.Outgoing.ChannelExternalId)
            {
                TeamUrl = teamUrl is null || teamUrl.EndsWith('/') ? teamUrl : teamUrl + "/",
                Links = post.Links,
                QuotedHeadline = post.Headline,
                Picture =
                    origin is not null && post.Picture is { } picture
                        ? new SlackPicture(
                            picture.Id,
                            $"{origin.TrimEnd('/')}{NewsBot.Web.Views.Paths.JpegPicture(picture.Id)}",
                            picture.Alt,
                            picture.Width,
                            picture.Height
                        )
                        : null,
            },
            post.ChannelName
        );
}
