namespace NewsBot.Core.Stories;

/// <summary>One source's report of a story.</summary>
/// <param name="Source">Which outlet, as <see cref="Outlets.Of"/> names it; reports of one outlet count once.</param>
/// <param name="At">When it came out.</param>
public sealed record StoryReport(string Source, DateTimeOffset At)
{
    /// <summary>True where it is the text of another report: whoever reprints says nothing new.</summary>
    public bool IsCopy { get; init; }
}
