using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Storage;

/// <summary>
/// Lets copies wait a little whose author could not be asked about yet: no platform lets the name be changed that a message
/// was posted under, so what was posted too early has to be posted anew.
/// </summary>
internal static class NamelessCopies
{
    // Whoever is still nobody then is shown as such: what was said counts more than by whom.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private const string Nameless = """
        SELECT c.accepted_at FROM comment c
        JOIN member m ON m.id = c.member_id
        JOIN channel ch ON ch.id = c.channel_id
        JOIN identity i ON i.member_id = c.member_id AND i.workspace_id = ch.workspace_id
        WHERE c.story_id = @Story AND c.number = @Number AND c.state = 'visible' AND c.author_name IS NULL
          AND m.pseudonym IS NULL AND i.ask_at IS NOT NULL
        """;

    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="post">A copy that was never tried and whose turn it is.</param>
    /// <param name="copy">What it says.</param>
    /// <param name="now">The instant of the transaction.</param>
    /// <returns>When to look again; null where it need not wait.</returns>
    public static async Task<DateTimeOffset?> WaitAsync(
        DbConnection connection,
        OutgoingPost post,
        PostBody.Copy copy,
        DateTimeOffset now
    )
    {
        // The built-in chat reads the name with each view.
        if (post.Platform is Platform.Web)
        {
            return null;
        }

        var accepted = await connection.QueryFirstOrDefaultAsync<long?>(
            Nameless,
            new { Story = copy.Story.Value, copy.Number }
        );
        return accepted is { } since && now - Instants.At(since) is var age && age >= TimeSpan.Zero && age < Longest
            ? now + LookAgain
            : null;
    }
}
