using NewsBot.Core.Channels;

namespace NewsBot.Core.Comments;

/// <summary>Decides in which channels a comment appears besides the one it was written in. Pure.</summary>
public static class CopyPlan
{
    /// <summary>
    /// Whether a channel gets a copy of its own: what was written before it had the story, or before either side was
    /// two-way, is told in one message instead.
    /// </summary>
    public static bool Gets(CopySource comment, CopyTarget target) =>
        comment is { IsReadable: true, IsMuted: false }
        && !comment.Origin.IsGone
        && !target.Channel.IsGone
        && target.CardSince <= comment.AcceptedAt
        && !(target.Channel.Since > comment.AcceptedAt && target.Channel.Id != comment.Origin.Id)
        && !(comment.Origin.Since > comment.AcceptedAt)
        && MayShow(comment, target.Channel);

    /// <summary>
    /// Whether the copy of a comment may stand in a channel. A hidden one stands there without its words, and so does one
    /// whose workspace has left and may come back; what stands in a channel that has left is there when it comes back.
    /// </summary>
    public static bool MayShow(CopySource comment, MirrorChannel target)
    {
        if (
            comment.IsWithdrawn
            || comment.Community != target.Community
            || comment.Community != comment.Origin.Community
        )
        {
            return false;
        }

        if (target.Id == comment.Origin.Id)
        {
            return !comment.HasMessage && target.Mirror is not MirrorMode.PostOnly;
        }

        return comment.Origin.Mirror is MirrorMode.TwoWay
            && target.Mirror is MirrorMode.TwoWay
            && target.Publication <= comment.Visibility
            && (comment.Origin.Workspace != target.Workspace || (comment.Origin.IsWithin && target.IsWithin))
            // What was written for one channel alone was never meant for another, whatever is set later.
            && !(comment.Visibility is Visibility.Off && comment.Origin.Since > comment.AcceptedAt);
    }

    /// <summary>
    /// Whether readers of a channel may read a comment somewhere, so that it may be quoted and counted there: where it was
    /// written, as a copy, or on a page that is open to them.
    /// </summary>
    public static bool MayRead(CopySource comment, MirrorChannel target) =>
        !comment.IsWithdrawn
        && !comment.Origin.IsGone
        && comment.Community == target.Community
        && comment.Community == comment.Origin.Community
        && (
            target.Id == comment.Origin.Id
            || (comment.Visibility is not Visibility.Off && target.Publication <= comment.Visibility)
            || MayShow(comment, target)
        );
}
