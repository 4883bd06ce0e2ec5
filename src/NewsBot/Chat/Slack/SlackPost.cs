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

    /// <summary>The thread it stands in; empty for the channel itself.</summary>
    public SlackTs Thread => SlackTs.TryParse(View.Thread, out var ts) ? ts : default;

    /// <summary>Whether it belongs into the thread of a card.</summary>
    public bool IsInThread => Outgoing.Body.Thread is not null;

    /// <summary>The copy with its author's name in its text, or posted under that name.</summary>
    public SlackPost Named(bool isInText) => this with { View = View with { IsNameInText = isInText } };

    /// <summary>The copy as it is once its comment was taken back, for where it cannot be deleted.</summary>
    public SlackPost Emptied() =>
        Outgoing.Body is PostBody.Copy copy
            ? this with
            {
                Outgoing = Outgoing with
                {
                    Body = copy with
                    {
                        Comment = new CopiedComment("", null, "", "", CopyState.Deleted, null, null, []),
                    },
                },
            }
            : this;

    /// <summary>The post as Slack's parts need it.</summary>
    /// <param name="post">As it was read.</param>
    /// <param name="teamUrl">The workspace's address with a slash at its end; null where it is not known.</param>
    /// <param name="origin">Where Slack fetches pictures from us; null where it cannot reach us.</param>
    public static SlackPost Of(ChatPost post, string? teamUrl, string? origin) =>
        new(
            post.Outgoing,
            new SlackView(post.Outgoing.ChannelExternalId)
            {
                TeamUrl = teamUrl,
                Links = post.Links,
                QuotedHeadline = post.Headline,
                Thread = post.Outgoing.Body.Thread is null ? null : post.Outgoing.CardMessage,
                Picture =
                    origin is not null && post.Picture is { } picture
                        ? new SlackPicture(
                            picture.Id,
                            $"{origin.TrimEnd('/')}{NewsBot.Web.Views.Paths.JpegPicture(picture.Id, picture.Key)}",
                            picture.Alt,
                            picture.Width,
                            picture.Height
                        )
                        : null,
            },
            post.ChannelName
        );
}
