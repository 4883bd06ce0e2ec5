using System.Data.Common;
using Dapper;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>
/// Tells of each new entry which earlier one its text copies, once for all communities. The texts of the last days are
/// kept ready in memory and brought up to date from the database. Used under the write lock only.
/// </summary>
internal sealed class KnownTexts
{
    /// <summary>What says the same later is a look back, not a copy on the same day's wire.</summary>
    public static readonly TimeSpan Window = StoryIndex.Window;

    private const string Newer = """
        SELECT p.entry_id AS Entry, COALESCE(e.copy_of, e.id) AS Original, p.seen_at AS SeenAt, p.print
        FROM text_print p JOIN entry e ON e.id = p.entry_id
        WHERE p.entry_id > @After AND p.seen_at > @Since ORDER BY p.entry_id
        """;

    // Of more than are kept the newest.
    private const string BeforeFirst = """
        SELECT COALESCE(MIN(n.entry_id) - 1, 0)
        FROM (SELECT entry_id FROM text_print ORDER BY entry_id DESC LIMIT @Limit) n
        """;

    private const string IsThere = "SELECT COUNT(*) FROM text_print WHERE entry_id = @Entry";

    private const string Keep = "INSERT INTO text_print (entry_id, seen_at, print) VALUES (@Entry, @Now, @Print)";

    private const string Mark = "UPDATE entry SET copy_of = @Original WHERE id = @Entry";

    // The original's story, else that of another copy. The plus keeps the database from reading all of the community's.
    private const string StoryOf = """
        SELECT COALESCE(s.merged_into, s.id)
        FROM entry mine
        JOIN entry e ON e.id = mine.copy_of OR e.copy_of = mine.copy_of
        JOIN story_entry se ON se.entry_id = e.id AND +se.community_id = @Community
        JOIN story s ON s.id = se.story_id
        WHERE mine.id = @Entry AND e.id <> mine.id AND e.seen_at > @Since
        ORDER BY e.id LIMIT 1
        """;

    private NearDuplicates? _texts;
    private long _last;

    // Whether one of that number was read; else it is only where reading begins.
    private bool _hasRead;

    /// <summary>Call first in every transaction that takes entries in: forgets texts of a transaction that was rolled back.</summary>
    public async Task ForgetUndoneAsync(DbConnection connection)
    {
        if (_hasRead && await connection.ExecuteScalarAsync<long>(IsThere, new { Entry = _last }) == 0)
        {
            _texts = null;
        }
    }

    /// <summary>Keeps the print of a new entry, and marks the entry where its text copies another one.</summary>
    /// <param name="connection">Within the entry's transaction.</param>
    /// <param name="entry">The entry's new row.</param>
    /// <param name="print">Its print; null for none.</param>
    /// <param name="now">The present.</param>
    public async Task TakeInAsync(DbConnection connection, long entry, TextPrint? print, DateTimeOffset now)
    {
        if (print is null)
        {
            return;
        }

        var texts = await ReadAsync(connection, now);
        if (texts.Find(print) is { } match)
        {
            await connection.ExecuteAsync(Mark, new { match.Original, Entry = entry });
        }

        await connection.ExecuteAsync(
            Keep,
            new
            {
                Entry = entry,
                Now = now.Ms(),
                Print = print.Bytes.ToArray(),
            }
        );
    }

    /// <summary>The story that a community has of the text an entry copies.</summary>
    /// <returns>Null where the entry copies none, or the community has none.</returns>
    public static async Task<StoryMatch?> StoryOfAsync(
        DbConnection connection,
        CommunityId community,
        long entry,
        DateTimeOffset now
    ) =>
        await connection.ExecuteScalarAsync<long?>(
            StoryOf,
            new
            {
                Community = community.Value,
                Entry = entry,
                Since = (now - Window).Ms(),
            }
        )
            is { } story
            ? new StoryMatch(new StoryId(story), "the same text", 1)
            : null;

    private async Task<NearDuplicates> ReadAsync(DbConnection connection, DateTimeOffset now)
    {
        if (_texts is not { } texts)
        {
            _texts = texts = new NearDuplicates();
            _hasRead = false;
            _last = await connection.ExecuteScalarAsync<long>(BeforeFirst, new { Limit = NearDuplicates.MaxTexts });
        }

        await using var rows = await connection.ExecuteReaderAsync(
            Newer,
            new { After = _last, Since = (now - Window).Ms() }
        );
        var parse = rows.GetRowParser<PrintRow>();
        while (await rows.ReadAsync())
        {
            var row = parse(rows);
            _last = row.Entry;
            _hasRead = true;
            if (TextPrint.Parse(row.Print) is { } print)
            {
                texts.Add(row.Original, print, Instants.At(row.SeenAt));
            }
        }

        texts.Forget(now - Window);
        return texts;
    }

    private sealed class PrintRow
    {
        public required long Entry { get; init; }
        public required long Original { get; init; }
        public required long SeenAt { get; init; }
        public required byte[] Print { get; init; }
    }
}
