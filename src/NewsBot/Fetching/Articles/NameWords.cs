using System.Collections.Frozen;

namespace NewsBot.Fetching.Articles;

/// <summary>The words of a class name or id.</summary>
internal readonly ref struct NameWords(ReadOnlySpan<char> letters, ReadOnlySpan<int> ends)
{
    private readonly ReadOnlySpan<char> _letters = letters;
    private readonly ReadOnlySpan<int> _ends = ends;

    /// <summary>One word.</summary>
    public ReadOnlySpan<char> this[int index] => _letters[Start(index).._ends[index]];

    /// <summary>Whether one of the words is in a set, or two that follow each other written as one.</summary>
    public bool IsAny(FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> set, bool withPairs)
    {
        for (var at = 0; at < _ends.Length; at++)
        {
            if (
                set.Contains(this[at])
                || (withPairs && at + 1 < _ends.Length && set.Contains(_letters[Start(at).._ends[at + 1]]))
            )
            {
                return true;
            }
        }

        return false;
    }

    private int Start(int index) => index == 0 ? 0 : _ends[index - 1];
}
