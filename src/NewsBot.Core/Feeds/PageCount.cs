namespace NewsBot.Core.Feeds;

/// <summary>How many entries a page brings, compared with what it usually brings. Pure.</summary>
/// <param name="Usual">A moving average; 0 before the first poll.</param>
/// <param name="Last">At the last poll that brought any.</param>
/// <param name="FewInRow">Polls in a row that brought far fewer than usual.</param>
public sealed record PageCount(double Usual, int Last, int FewInRow)
{
    /// <summary>One thin poll is a quiet day or a half-written page; three in a row are worth a look.</summary>
    public const int WorthTelling = 3;

    // A list of five may well have one the next day.
    private const double FewestUsual = 6;

    private const double FewShare = 1.0 / 3;

    // A page that lists fewer from now on is usual again after some ten polls.
    private const double Forget = 0.1;

    /// <summary>What is known after another poll.</summary>
    /// <param name="entries">How many entries it brought, at least one.</param>
    public PageCount After(int entries)
    {
        var isFew = Usual >= FewestUsual && entries < Usual * FewShare;
        return new PageCount(
            Usual <= 0 ? entries : Usual + (entries - Usual) * Forget,
            entries,
            isFew ? FewInRow + 1 : 0
        );
    }
}

/// <summary>A page that is polled like a feed.</summary>
/// <param name="Recipe">How it is read.</param>
/// <param name="Count">What it usually brings.</param>
public sealed record PageSource(PageRecipe Recipe, PageCount Count);
