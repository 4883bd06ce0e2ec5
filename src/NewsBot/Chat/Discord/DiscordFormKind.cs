using NewsBot.Core.Commands;

namespace NewsBot.Chat.Discord;

/// <summary>A form that changes one text of a source in a channel.</summary>
/// <param name="Field">Name of the field, of the command's argument and of the column alike.</param>
/// <param name="Set">The verb that sets it.</param>
/// <param name="Clear">The verb for an empty form.</param>
internal sealed record DiscordFormKind(string Field, CommandSpec Set, CommandSpec Clear)
{
    private static readonly DiscordFormKind[] All =
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

    public required string Title { get; init; }

    /// <summary>At most 45 characters.</summary>
    public required string Label { get; init; }

    /// <summary>At most 100 characters.</summary>
    public required string Hint { get; init; }

    public bool IsOneLine { get; init; }

    /// <returns>Null for a verb without a form.</returns>
    public static DiscordFormKind? Of(CommandSpec spec) => Array.Find(All, kind => kind.Set == spec);

    /// <returns>Null for a field of no form.</returns>
    public static DiscordFormKind? Of(string field) => Array.Find(All, kind => kind.Field == field);
}
