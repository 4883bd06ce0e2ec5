using System.Data.Common;
using System.Globalization;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Storage;

namespace NewsBot.Web.SignIn;

/// <content>Who may not write, and why.</content>
internal sealed partial class PageComments
{
    // Asked anew before anybody writes: the platform may have thrown them out or silenced them a minute ago.
    private async Task<PageWriteOutcome.Refused?> SilentAsync(
        SignedIn who,
        SignedInAccount account,
        CancellationToken cancellationToken
    )
    {
        var label = Views.Wording.Platform(who.Platform);
        return await standings.RefreshAsync(who.Platform, account, Standings.ForWriting, cancellationToken) switch
        {
            null => new PageWriteOutcome.Refused(
                StatusCodes.Status503ServiceUnavailable,
                $"{label} does not say right now whether you may write here. Nothing was posted; try again in a minute."
            ),
            Standing.Present present when present.SilencedUntil > time.GetUtcNow() => new PageWriteOutcome.Refused(
                StatusCodes.Status403Forbidden,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"You are timed out on {label} until {present.SilencedUntil:d MMMM yyyy, HH:mm} UTC. Nothing was posted."
                )
            ),
            Standing.Present => null,
            _ => new PageWriteOutcome.Refused(
                StatusCodes.Status403Forbidden,
                $"{label} says that you are not a member of {account.WorkspaceName} any more. Nothing was posted."
            ),
        };
    }

    private static async Task<PageWriteOutcome.Refused?> RefuseAsync(
        DbConnection connection,
        long identity,
        StoryRow story,
        DateTimeOffset now
    )
    {
        var writer = await WriterAsync(connection, identity);
        var problem = (writer, story) switch
        {
            (null, _) => "You are not a member here any more.",
            (_, { TakenDownAt: not null }) => "This story was taken down, so it takes no more comments.",
            (_, { MergedInto: not null }) => "That story was joined with another, and its discussion goes on there.",
            (_, { LockedAt: not null }) => "A moderator has closed this discussion.",
            ({ OptedOutAt: not null }, _) =>
                "You have opted out, so nothing you write is taken to the story pages. Say /news me opt-in in the chat to change that.",
            ({ MutedUntil: { } until }, _) when until > now.Ms() => string.Create(
                CultureInfo.InvariantCulture,
                $"A moderator has muted you until {Instants.At(until):d MMMM yyyy, HH:mm} UTC."
            ),
            ({ SilencedUntil: { } until }, _) when until > now.Ms() => "You are timed out where you signed in.",
            _ => null,
        };
        return problem is null
            ? null
            : new PageWriteOutcome.Refused(
                writer is null ? StatusCodes.Status403Forbidden : StatusCodes.Status409Conflict,
                $"{problem} Your text was not posted."
            );
    }

    private static PageWriteOutcome.Refused? Check(string typed, out string text)
    {
        text = typed.Length > CommentText.MaxChars ? "" : CommentText.Clean(typed);
        return typed.Length > CommentText.MaxChars
                ? new PageWriteOutcome.Refused(
                    StatusCodes.Status413PayloadTooLarge,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"A comment may have at most {CommentText.MaxChars:N0} characters; this one has {typed.Length:N0}. Nothing was posted."
                    )
                )
            : text.Length == 0
                ? new PageWriteOutcome.Refused(StatusCodes.Status422UnprocessableEntity, "The comment is empty.")
            : null;
    }

    private sealed class PlaceRow
    {
        public required long Channel { get; init; }
        public required string Name { get; init; }
        public required long Workspace { get; init; }
    }

    private sealed class WriterRow
    {
        public required long Id { get; init; }
        public required string Name { get; init; }
        public long? MutedUntil { get; init; }
        public long? OptedOutAt { get; init; }
        public long? Avatar { get; init; }
        public long? SilencedUntil { get; init; }
    }

    private sealed class StoryRow
    {
        public long? LockedAt { get; init; }
        public long? TakenDownAt { get; init; }
        public long? MergedInto { get; init; }
        public required long HasNumber { get; init; }
    }

    private sealed class OwnRow
    {
        public required long Id { get; init; }
        public required long Member { get; init; }
        public required long Channel { get; init; }
        public required string MessageId { get; init; }
        public required string Body { get; init; }
        public required long Stamp { get; init; }
        public required long Workspace { get; init; }
    }
}
