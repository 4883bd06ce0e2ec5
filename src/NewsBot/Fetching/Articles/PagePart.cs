namespace NewsBot.Fetching.Articles;

/// <summary>A block of a page with all below it.</summary>
/// <param name="tag">The element's name in lower case.</param>
/// <param name="parent">The index of the part around it; -1 for the outermost.</param>
/// <param name="hint">What it says about itself.</param>
internal sealed class PagePart(string tag, int parent, PageHint hint)
{
    public string Tag => tag;
    public int Parent => parent;
    public PageHint Hint => hint;

    /// <summary>The index after the last part below it.</summary>
    public int End { get; set; }

    /// <summary>The lines in it and below it: from here …</summary>
    public int FirstLine { get; set; }

    /// <summary>… to before here.</summary>
    public int EndLine { get; set; }

    /// <summary>Letters in it, and how many of them are links.</summary>
    public int Letters { get; set; }

    public int Linked { get; set; }

    /// <summary>Running text in it.</summary>
    public double Running { get; set; }

    /// <summary>Running text in it that is not left out.</summary>
    public double Kept { get; set; }

    public PageCut Cut { get; set; }

    public bool Is(PageHint wanted) => (hint & wanted) != PageHint.None;
}
