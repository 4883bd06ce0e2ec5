using System.Data.Common;
using Dapper;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;

namespace NewsBot.Chat;

/// <summary>A form that changes one text of a source in a channel.</summary>
/// <param name="Field">Name of the field, of the command's argument and of the column alike.</param>
/// <param name="Set">The verb that sets it.</param>
/// <param name="Clear">The verb for an empty form.</param>
internal sealed record SourceForm(string Field, CommandSpec Set, CommandSpec Clear)
{
    private static readonly CommandSpec Replay = Catalogue.Find("filter", "replay")!;

    private static readonly SourceForm[] All =
    [
        new("filter", Catalogue.Find("filter", "set")!, Catalogue.Find("filter", "clear")!)
        {
            Title = "Filter",
            Label = "What comes in (empty for everything)",
            Hint = "Such as title:(xiaomi OR huawei) -rumor lang:en",
            IsOneLine = true,
        },
        new("template", Catalogue.Find("template", "set")!, Catalogue.Find("template", "clear")!)
        {
            Title = "Template",
            Label = "What its cards say (empty for the usual)",
            Hint = "In Liquid, such as {{ source }}: {{ summary | truncate: 200 }}",
        },
    ];

    /// <summary>The names of the fields of all of them.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. All.Select(form => form.Field)];

    public required string Title { get; init; }

    /// <summary>At most 45 characters.</summary>
    public required string Label { get; init; }

    /// <summary>At most 100 characters.</summary>
    public required string Hint { get; init; }

    public bool IsOneLine { get; init; }

    /// <returns>Null for a verb without a form.</returns>
    public static SourceForm? Of(CommandSpec spec) => Array.Find(All, kind => kind.Set == spec);

    /// <returns>Null for a field of no form.</returns>
    public static SourceForm? Of(string field) => Array.Find(All, kind => kind.Field == field);

    /// <summary>The text as it is now; null where there is none, or the source does not go there.</summary>
    public Task<string?> ReadAsync(DbConnection connection, long source, ChannelId channel) =>
        connection.ExecuteScalarAsync<string?>(
            $"SELECT {Field} FROM subscription WHERE source_id = @source AND channel_id = @Channel",
            new { source, Channel = channel.Value }
        );

    /// <summary>Runs what a form that was sent stands for; a filter shows what it would have done before it is confirmed.</summary>
    /// <param name="typed">What was typed; empty to clear.</param>
    /// <param name="source">Such as "source-3".</param>
    /// <param name="channel">Such as "channel-2".</param>
    /// <param name="run">Runs a command for who sent the form.</param>
    /// <param name="cancellationToken">Passed on.</param>
    public async Task<CommandReply> RunAsync(
        string typed,
        string source,
        string channel,
        Func<TypedCommand, CancellationToken, Task<CommandReply>> run,
        CancellationToken cancellationToken
    )
    {
        var text = typed.Trim();
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["source"] = source,
            ["channel"] = channel,
        };
        if (text.Length == 0)
        {
            return await run(new TypedCommand(Clear, values), cancellationToken);
        }

        values[Field] = IsOneLine ? string.Join(' ', text.Split((char[]?)null)) : text;
        var reply = await run(new TypedCommand(Set, values), cancellationToken);
        if (reply.Ending != CommandEnding.Asked || Field != "filter")
        {
            return reply;
        }

        // Whoever changes a filter sees what it would have done before they confirm.
        values.Remove("channel");
        var preview = await run(new TypedCommand(Replay, values), cancellationToken);
        return reply with { Markdown = $"{preview.Markdown}\n\n{reply.Markdown}" };
    }
}
