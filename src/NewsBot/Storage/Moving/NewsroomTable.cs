namespace NewsBot.Storage.Moving;

/// <summary>A table that SQLite and PostgreSQL both have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">What is stored of a row, by name.</param>
/// <param name="Key">The columns by which its rows are told apart, and in whose order they are read; never empty.</param>
/// <param name="Needs">The other tables its rows refer to.</param>
internal sealed record NewsroomTable(
    string Name,
    IReadOnlyList<NewsroomColumn> Columns,
    IReadOnlyList<string> Key,
    IReadOnlyList<string> Needs
)
{
    // Its rows are the processes that run with the database.
    private const string Processes = "process";

    /// <summary>
    /// Whether its rows go along; else it is empty where a newsroom has arrived: nobody runs with it there, and what the
    /// processes of before had in hand is nobody's.
    /// </summary>
    public bool IsMoved => Name != Processes && !Needs.Contains(Processes, StringComparer.Ordinal);

    /// <summary>Its columns, quoted and joined.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(column => $"\"{column.Name}\""));

    /// <summary>Reads all rows, in the same order in both databases.</summary>
    public string Select =>
        $"SELECT {ColumnList} FROM \"{Name}\" ORDER BY {string.Join(", ", Key.Select(column => $"\"{column}\""))}";
}

/// <summary>A column of such a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="IsCounted">Whether the database gives a new row its next number.</param>
internal sealed record NewsroomColumn(string Name, ValueKind Kind, bool IsCounted);

/// <summary>The kinds of values both databases store alike; each may be missing.</summary>
internal enum ValueKind
{
    Number,
    Fraction,
    Text,
    Bytes,
}
