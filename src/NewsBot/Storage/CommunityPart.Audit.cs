using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;

namespace NewsBot.Storage;

internal static partial class CommunityPart
{
    private const string Foreign = "something of the other community";

    // Who did it decides whose act it was.
    private const string MoveActs = """
        UPDATE audit SET community_id = @Guest
        WHERE community_id = @Host AND at >= @Since
          AND actor IN (SELECT 'member-' || id FROM member WHERE community_id = @Guest)
        """;

    private const string Acts = """
        SELECT id, community_id AS Side, action, target FROM audit
        WHERE community_id IN (@Host, @Guest) AND at >= @Since
        """;

    // What was before and after may hold names and addresses of the other side, so it cannot be kept to be put back.
    private const string Forget = """
        UPDATE audit SET before = NULL, after = NULL, target = @Target, reason = CASE WHEN @IsOwn = 1 THEN reason END
        WHERE id = @Id
        """;

    private static readonly Dictionary<string, string> Owners = new(StringComparer.Ordinal)
    {
        ["source"] = "SELECT COUNT(*) FROM source WHERE id = @Id AND community_id = @Side",
        ["channel"] = "SELECT COUNT(*) FROM channel WHERE id = @Id AND community_id = @Side",
        ["story"] = "SELECT COUNT(*) FROM story WHERE id = @Id AND community_id = @Side",
        ["member"] = "SELECT COUNT(*) FROM member WHERE id = @Id AND community_id = @Side",
        ["token"] = """
            SELECT COUNT(*) FROM api_token t JOIN member m ON m.id = t.member_id WHERE t.id = @Id AND m.community_id = @Side
            """,
        ["comment"] = """
            SELECT COUNT(*) FROM comment c JOIN story s ON s.id = c.story_id
            WHERE s.id = @Id AND c.number = @Number AND s.community_id = @Side AND c.message_id NOT LIKE 'parted:%'
            """,
    };

    private static async Task PartAuditAsync(DbConnection connection, Sides sides)
    {
        await connection.ExecuteAsync(MoveActs, sides);
        foreach (var act in (await connection.QueryAsync<ActRow>(Acts, sides)).AsList())
        {
            var isOwn = await IsOwnAsync(connection, act);
            await connection.ExecuteAsync(
                Forget,
                new
                {
                    act.Id,
                    Target = isOwn ? act.Target : Foreign,
                    IsOwn = isOwn ? 1 : 0,
                }
            );
        }
    }

    private static async Task<bool> IsOwnAsync(DbConnection connection, ActRow act)
    {
        var match = Target().Match(act.Target);
        return match.Success
            && await connection.ExecuteScalarAsync<long>(
                Owners[match.Groups["kind"].Value],
                new
                {
                    act.Side,
                    Id = long.Parse(match.Groups["id"].ValueSpan, CultureInfo.InvariantCulture),
                    Number = match.Groups["number"] is { Success: true } number
                        ? long.Parse(number.ValueSpan, CultureInfo.InvariantCulture)
                        : 0,
                }
            ) > 0;
    }

    [GeneratedRegex(
        @"^(?<kind>source|channel|story|member|token|comment)[- ](?<id>[0-9]{1,18})(#(?<number>[0-9]{1,9}))?( |$)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Target();

    private sealed class ActRow
    {
        public required long Id { get; init; }
        public required long Side { get; init; }
        public required string Action { get; init; }
        public required string Target { get; init; }
    }
}
