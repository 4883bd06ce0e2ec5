namespace NewsBot.Web.Views;

/// <summary>Which pages a long list of them links: all of a few, else the ends and what is near. Pure.</summary>
internal static class PageNumbers
{
    // As many as stand in one line of a phone twice.
    private const int AllOf = 12;
    private const int Near = 2;

    /// <returns>Numbers in order; null where some are left out.</returns>
    public static IReadOnlyList<int?> Of(int current, int pages)
    {
        List<int?> numbers = [];
        for (var page = 1; page <= pages; page++)
        {
            if (pages <= AllOf || page == 1 || page == pages || Math.Abs(page - current) <= Near)
            {
                numbers.Add(page);
            }
            else if (numbers[^1] is not null)
            {
                numbers.Add(null);
            }
        }

        return numbers;
    }
}
