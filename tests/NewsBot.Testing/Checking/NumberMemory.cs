namespace NewsBot.Testing.Checking;

/// <summary>The numbers that were seen, since a number once given stays for ever.</summary>
internal sealed class NumberMemory
{
    private readonly Dictionary<(long Channel, string Message), (long Story, long Number)> _seen = [];

    public int Count => _seen.Count;

    /// <summary>Compares with what was seen before, and remembers what is new. Numbers of a story have no gap at any time.</summary>
    public void Look(Ledger ledger, CheckReport report)
    {
        foreach (var story in ledger.Stories)
        {
            var numbers = ledger
                .Comments.Where(comment => comment.Story == story.Id)
                .Select(one => one.Number)
                .ToList();
            if (!numbers.SequenceEqual(Enumerable.Range(1, numbers.Count).Select(one => (long)one)))
            {
                report.Add(
                    FindingKind.Misnumbered,
                    $"The numbers of “{story.Headline}” are {string.Join(", ", numbers)}, not 1 to {numbers.Count}."
                );
            }

            if (story.NextNumber != numbers.Count + 1)
            {
                report.Add(
                    FindingKind.Misnumbered,
                    $"The next number of “{story.Headline}” is {story.NextNumber}, and {numbers.Count} are given."
                );
            }
        }

        var now = ledger.Comments.ToDictionary(
            comment => (comment.Channel, comment.Message),
            comment => (comment.Story, comment.Number)
        );
        foreach (var (message, number) in _seen)
        {
            if (!now.TryGetValue(message, out var found))
            {
                report.Add(FindingKind.Misnumbered, $"{message} was {number} once and has no number any more.");
            }
            else if (found != number)
            {
                report.Add(FindingKind.Misnumbered, $"{message} was {number} once and is {found} now.");
            }
        }

        foreach (var (message, number) in now)
        {
            _seen.TryAdd(message, number);
        }
    }
}
