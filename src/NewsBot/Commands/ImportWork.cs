using System.Data.Common;
using System.Globalization;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>What one import has found out so far.</summary>
/// <param name="Connection">For reading.</param>
/// <param name="Context">The command.</param>
/// <param name="Channels">Which channel of the community each channel of the file is.</param>
internal sealed record ImportWork(
    DbConnection Connection,
    CommandContext Context,
    IReadOnlyDictionary<string, ImportedChannel> Channels
)
{
    /// <summary>Rows to change or add.</summary>
    public List<RowChange> Rows { get; } = [];

    /// <summary>What will be other than now; entries of a list.</summary>
    public List<string> Difference { get; } = [];

    /// <summary>What is left out, and why.</summary>
    public List<string> Problems { get; } = [];

    public async Task CompareAsync(
        string table,
        long id,
        string name,
        IReadOnlyList<(string Column, object? Before, object? After)> fields,
        IReadOnlyList<(string Column, object? Value)> silent
    )
    {
        var wanted = fields.Select(field => (field.Column, field.After)).Concat(silent).ToList();
        if (await AdminStore.CompareAsync(Connection, table, id, wanted) is not { } row)
        {
            return;
        }

        Rows.Add(row);
        Difference.AddRange(
            fields
                .Where(field => row.After!.ContainsKey(field.Column))
                .Select(field =>
                    $"- {name}, {field.Column.Replace('_', ' ')}: {Shown(field.Before)} → **{Shown(field.After)}**"
                )
        );
    }

    private static string Shown(object? value) =>
        value is null ? "none" : MarkdownEscape.Line(Convert.ToString(value, CultureInfo.InvariantCulture)!, 100);
}

/// <summary>A channel that an imported file means.</summary>
/// <param name="Row">The channel of this community.</param>
/// <param name="IsMoved">True where the file speaks of another chat's channel, which this one takes the place of.</param>
internal sealed record ImportedChannel(ChannelRow Row, bool IsMoved);
