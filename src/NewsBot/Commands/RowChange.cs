using System.Text.Json;

namespace NewsBot.Commands;

/// <summary>One row before and after a command, which is what the audit keeps and "undo" puts back.</summary>
/// <param name="Table">The table; always from our own code.</param>
/// <param name="Key">The columns that name the row.</param>
/// <param name="Before">The changed columns as they were; null where the row did not exist.</param>
/// <param name="After">The changed columns as they are; null where the row is gone.</param>
internal sealed record RowChange(
    string Table,
    IReadOnlyDictionary<string, object?> Key,
    IReadOnlyDictionary<string, object?>? Before,
    IReadOnlyDictionary<string, object?>? After
)
{
    /// <summary>The value of the key column "id"; 0 where the key is another.</summary>
    public long Id => Key.GetValueOrDefault("id") is long id ? id : 0;

    /// <summary>The change that takes this one back.</summary>
    public RowChange Reversed => this with { Before = After, After = Before };

    /// <summary>One side of the changes as JSON.</summary>
    public static string Write(
        IEnumerable<RowChange> rows,
        Func<RowChange, IReadOnlyDictionary<string, object?>?> side
    ) =>
        JsonSerializer.Serialize(
            rows.Select(row => new Side(row.Table, row.Key, side(row))),
            JsonSerializerOptions.Web
        );

    /// <summary>The changes of one audit entry.</summary>
    /// <returns>Empty where the entry keeps something else than rows.</returns>
    public static IReadOnlyList<RowChange> Read(string? before, string? after)
    {
        if (before is null || after is null || !before.StartsWith('[') || !after.StartsWith('['))
        {
            return [];
        }

        var old = JsonSerializer.Deserialize<List<Side>>(before, JsonSerializerOptions.Web) ?? [];
        var now = JsonSerializer.Deserialize<List<Side>>(after, JsonSerializerOptions.Web) ?? [];
        return
        [
            .. old.Zip(now)
                .Select(pair => new RowChange(
                    pair.First.Table,
                    Plain(pair.First.Key)!,
                    Plain(pair.First.Values),
                    Plain(pair.Second.Values)
                )),
        ];
    }

    private static Dictionary<string, object?>? Plain(IReadOnlyDictionary<string, object?>? values) =>
        values?.ToDictionary(pair => pair.Key, pair => Plain(pair.Value), StringComparer.Ordinal);

    private static object? Plain(object? value) =>
        value is not JsonElement element
            ? value
            : element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.Number when element.TryGetInt64(out var whole) => whole,
                JsonValueKind.Number => element.GetDouble(),
                _ => null,
            };

    private sealed record Side(
        string Table,
        IReadOnlyDictionary<string, object?> Key,
        IReadOnlyDictionary<string, object?>? Values
    );
}
