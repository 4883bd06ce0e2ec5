namespace NewsBot.Fetching.Articles;

/// <summary>Finds the opening of an article, which often stands apart from its text. Pure.</summary>
/// <param name="page">The page, with its cuts marked.</param>
/// <param name="description">How it sums itself up; null where unknown.</param>
internal sealed class PageOpening(PageOutline page, string? description)
{
    // So many letters alike are no chance.
    private const int Alike = 36;

    // Shorter lines below a headline are names, dates and buttons.
    private const double Telling = 60;

    // A kicker and an opening; more is something else.
    private const int MaxLeads = 2;

    // An opening stands near the text.
    private const int MaxLines = 60;

    private readonly char[] _start = [.. Letters(description ?? "").Take(Alike)];

    /// <summary>The lines of the opening that stand before the text.</summary>
    /// <param name="first">The first line of the text.</param>
    public IEnumerable<int> Before(int first)
    {
        var headline = first == 0 ? -1 : page.Lines.FindLastIndex(first - 1, line => line.Level == 1);
        var leads = Enumerable
            .Range(headline + 1, headline < 0 ? 0 : first - headline - 1)
            .Where(at => IsLead(page.Lines[at]))
            .TakeLast(MaxLeads)
            .ToHashSet();
        return Enumerable
            .Range(Math.Max(0, first - MaxLines), Math.Min(first, MaxLines))
            .Where(at => leads.Contains(at) || IsTold(page.Lines[at]));
    }

    /// <summary>Whether a line is what the page sums itself up with.</summary>
    public bool IsTold(PageLine line) =>
        _start.Length == Alike
        && line.Text.Length >= Alike
        && !line.IsLink
        && line.Level != 1
        && Letters(line.Text).Take(Alike).SequenceEqual(_start);

    // Spaces and signs are written differently here and there.
    private static IEnumerable<char> Letters(string text) =>
        text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant);

    private bool IsLead(PageLine line)
    {
        var part = page.Parts[line.Part];
        if (line.IsLink || line.Kind is LineKind.Item or LineKind.Cell)
        {
            return false;
        }

        if (part.Cut == PageCut.None)
        {
            return line.Running > 0
                || (part.Is(PageHint.Lead) && line.EndsSentence)
                || (line.Kind == LineKind.Heading && line.Size >= Telling);
        }

        // Some call the paragraph below the headline a teaser.
        return part.Tag == "p"
            && line.Size >= Telling
            && part.Parent > 0
            && page.Parts[part.Parent].Cut == PageCut.None;
    }
}
