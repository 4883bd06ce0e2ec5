using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

internal sealed partial class PageReader
{
    private const int MostActs = 200;

    private const string SelectLog = "SELECT log FROM moderation WHERE community_id = @Community";

    private const string SelectActs = """
        SELECT a.actor AS Actor,
               CASE WHEN a.action <> 'review' THEN a.action
                    WHEN a.after LIKE '%"muted_until"%' THEN 'keep and mute'
                    WHEN a.after LIKE '%"decision"%' THEN 'keep' ELSE 'let through' END AS Action,
               a.target AS Target, a.at AS At, a.undone_at AS UndoneAt, a.reason AS Reason
        FROM audit a WHERE a.community_id = @Community
          AND a.action IN ('hide', 'show', 'review', 'lock', 'unlock', 'mute', 'unmute', 'merge', 'unmerge', 'split')
        ORDER BY a.id DESC LIMIT @Limit
        """;

    // An act is told of to whoever may see what it is about.
    private const string SelectActStory = $"""
        SELECT s.id AS Id, s.slug AS Slug, s.headline AS Headline, 0 AS Comments FROM story s
        WHERE s.id = @Id AND s.community_id = @Community AND s.taken_down_at IS NULL AND {IsPosted}
        """;

    private const string SelectActComment = $"""
        SELECT COUNT(*) FROM comment c JOIN open_channel oc ON oc.id = c.channel_id
        WHERE c.story_id = @Id AND c.number = @Number AND {Sights.Comment}
        """;

    private static readonly Dictionary<string, string> Deeds = new(StringComparer.Ordinal)
    {
        ["hide"] = "hid",
        ["show"] = "showed again",
        ["let through"] = "let through",
        ["keep"] = "kept hidden",
        ["keep and mute"] = "kept hidden, and muted who wrote,",
        ["lock"] = "locked",
        ["unlock"] = "opened again",
        ["mute"] = "muted",
        ["unmute"] = "let write again",
        ["merge"] = "merged",
        ["unmerge"] = "parted again",
        ["split"] = "split",
    };

    /// <summary>What moderators did, without what was hidden.</summary>
    /// <returns>Null where that is not published.</returns>
    public Task<IReadOnlyList<ModerationAct>?> ModerationAsync(Viewer viewer, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ModerationAct>?>(
            async connection =>
            {
                var log = await connection.ExecuteScalarAsync<string?>(
                    new CommandDefinition(SelectLog, new { Community }, cancellationToken: cancellationToken)
                );
                if (log is not "public")
                {
                    return null;
                }

                List<ModerationAct> acts = [];
                var rows = await ReadAsync<ActRow>(
                    connection,
                    SelectActs,
                    new { Community, Limit = MostActs },
                    cancellationToken
                );
                foreach (var row in rows)
                {
                    if (await AboutAsync(connection, row.Target, viewer) is var (about, path))
                    {
                        acts.Add(
                            new ModerationAct(
                                Instant(row.At),
                                await AdminStore.ActorNameAsync(connection, row.Actor),
                                Deeds[row.Action],
                                about,
                                path,
                                row.Reason,
                                row.UndoneAt is not null
                            )
                        );
                    }
                }

                return acts;
            },
            cancellationToken
        );

    private static async Task<(string About, string? Path)?> AboutAsync(
        DbConnection connection,
        string target,
        Viewer viewer
    )
    {
        var match = ActTarget().Match(target);
        if (!match.Success)
        {
            return null;
        }

        var id = long.Parse(match.Groups["id"].ValueSpan, CultureInfo.InvariantCulture);
        if (match.Groups["kind"].Value == "member")
        {
            // Who was muted is the community's to know, not the world's.
            return viewer.In(Community).Sight > Sight.Public ? (match.Groups["name"].Value, null) : ("a member", null);
        }

        var args = new
        {
            Id = id,
            Community,
            Sight = (int)viewer.In(Community).Sight,
            Number = match.Groups["number"] is { Success: true } digits
                ? long.Parse(digits.ValueSpan, CultureInfo.InvariantCulture)
                : 0,
        };
        if (await connection.QueryFirstOrDefaultAsync<LinkRow>(SelectActStory, args) is not { } story)
        {
            return null;
        }

        if (args.Number == 0)
        {
            return (story.Headline, story.ToLink().Path);
        }

        return await connection.ExecuteScalarAsync<long>(SelectActComment, args) > 0
            ? (
                string.Create(CultureInfo.InvariantCulture, $"comment {args.Number} on {story.Headline}"),
                Paths.Comment(id, (int)args.Number)
            )
            : null;
    }

    [GeneratedRegex(
        @"^(?<kind>story|member|comment)[- ](?<id>[0-9]{1,18})(#(?<number>[0-9]{1,9}))?( (?<name>.*))?$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1_000
    )]
    private static partial Regex ActTarget();

    private sealed class ActRow
    {
        public required string Actor { get; init; }
        public required string Action { get; init; }
        public required string Target { get; init; }
        public required long At { get; init; }
        public long? UndoneAt { get; init; }
        public string? Reason { get; init; }
    }
}
