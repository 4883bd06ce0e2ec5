using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Web;

/// <summary>What a caller calls its request, so that the same again gives the same message.</summary>
/// <param name="Author">Whose request.</param>
/// <param name="Name">The caller's own name for it.</param>
/// <param name="Hash">Of what is asked: under one name only one thing may be.</param>
internal sealed record WebRequestName(MemberId Author, string Name, string Hash)
{
    private const string Remember = """
        INSERT INTO idempotency (scope, name, request_hash, message_id, created_at)
        VALUES (@Scope, @Name, @Hash, @Message, @Now)
        """;

    private const string Recall = """
        SELECT request_hash AS Hash, message_id AS MessageId FROM idempotency WHERE scope = @Scope AND name = @Name
        """;

    /// <param name="author">Whose request.</param>
    /// <param name="name">The caller's own name for it.</param>
    /// <param name="request">All that is asked.</param>
    public static WebRequestName Of(MemberId author, string name, FormattableString request) =>
        new(author, name, Secrets.Hash(FormattableString.Invariant(request)));

    /// <returns>The outcome of the same request before, or a refusal where it was another; null for the first.</returns>
    public async Task<WebWriteOutcome?> RecallAsync(DbConnection connection, ChannelId channel)
    {
        var before = await connection.QueryFirstOrDefaultAsync<RecallRow>(
            Recall,
            new { Scope = Author.ToString(), Name }
        );
        return before switch
        {
            null => null,
            _ when before.Hash != Hash => new WebWriteOutcome.Refused(
                StatusCodes.Status422UnprocessableEntity,
                "This Idempotency-Key was used for a different message. Use a new key for a new message."
            ),
            _ => new WebWriteOutcome.Done((await WebMessages.FindAsync(connection, channel, before.MessageId))!),
        };
    }

    public Task KeepAsync(DbConnection connection, long message, DateTimeOffset now) =>
        connection.ExecuteAsync(
            Remember,
            new
            {
                Scope = Author.ToString(),
                Name,
                Hash,
                Message = message,
                Now = now.Ms(),
            }
        );

    private sealed class RecallRow
    {
        public required string Hash { get; init; }
        public required long MessageId { get; init; }
    }
}
