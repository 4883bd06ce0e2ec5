using System.Data.Common;
using Dapper;
using NewsBot.Core.Comments;

namespace NewsBot.Storage;

/// <summary>
/// Keeps the orders of discussions that are looked at, so that a long one is not read and sorted for every page. What is kept
/// is held against the database each time: a number is never given twice, so the next number and how many places there are
/// say together whether anything came or went.
/// </summary>
internal sealed class ThreadIndexes
{
    // About 40 bytes each: some 12 MB at most, which is thirty discussions of ten thousand comments.
    private const int MaxPlaces = 300_000;

    private const string SelectMark = """
        SELECT s.next_number AS NextNumber,
               (SELECT COALESCE(SUM(t.places), 0) FROM story_comments t WHERE t.story_id = s.id) AS Places
        FROM story s WHERE s.id = @Story
        """;

    private const string SelectPlaces =
        "SELECT number, parent FROM comment WHERE story_id = @Story AND number > @After ORDER BY number";

    private readonly Lock _gate = new();
    private readonly LinkedList<Kept> _recent = [];
    private readonly Dictionary<long, LinkedListNode<Kept>> _byStory = [];
    private int _places;

    public async Task<ThreadIndex> GetAsync(DbConnection connection, long story, CancellationToken cancellationToken)
    {
        var mark = await connection.QuerySingleOrDefaultAsync<Mark>(
            new CommandDefinition(SelectMark, new { Story = story }, cancellationToken: cancellationToken)
        );
        if (mark is null)
        {
            return ThreadIndex.Empty;
        }

        var known = Find(story);
        if (known is not null && known.Mark == mark)
        {
            return known.Index;
        }

        var before = known?.Index ?? ThreadIndex.Empty;
        var index = before.With(await PlacesAsync(connection, story, before.Last, cancellationToken));
        if (index.Count != mark.Places && before.Count > 0)
        {
            // Some place is gone, with the workspace it was written in.
            index = new ThreadIndex(await PlacesAsync(connection, story, 0, cancellationToken));
        }

        // What was written between the two reads is taken in by the next one.
        if (index.Count == mark.Places)
        {
            Keep(new Kept(story, mark, index));
        }

        return index;
    }

    private static async Task<IReadOnlyList<ThreadPlace>> PlacesAsync(
        DbConnection connection,
        long story,
        int after,
        CancellationToken cancellationToken
    )
    {
        using var select = new Statement(connection, SelectPlaces).With("@Story", story).With("@After", after);
        await using var reader = await select.ReadAsync(cancellationToken);
        List<ThreadPlace> places = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            places.Add(new ThreadPlace(reader.GetInt32(0), reader.GetInt32(1)));
        }

        return places;
    }

    private Kept? Find(long story)
    {
        lock (_gate)
        {
            if (!_byStory.TryGetValue(story, out var node))
            {
                return null;
            }

            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value;
        }
    }

    private void Keep(Kept kept)
    {
        lock (_gate)
        {
            if (_byStory.Remove(kept.Story, out var old))
            {
                Drop(old);
            }

            _byStory[kept.Story] = _recent.AddFirst(kept);
            _places += Cost(kept);
            while (_places > MaxPlaces && _recent.Last is { } oldest)
            {
                _byStory.Remove(oldest.Value.Story);
                Drop(oldest);
            }
        }
    }

    private void Drop(LinkedListNode<Kept> node)
    {
        _recent.Remove(node);
        _places -= Cost(node.Value);
    }

    // A discussion without comments is not free either.
    private static int Cost(Kept kept) => kept.Index.Count + 10;

    private sealed record Mark
    {
        public required long NextNumber { get; init; }
        public required long Places { get; init; }
    }

    private sealed record Kept(long Story, Mark Mark, ThreadIndex Index);
}
