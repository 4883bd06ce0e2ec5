using NewsBot.Core.Commands;

namespace NewsBot.Web.Views;

/// <summary>All settings, to choose from.</summary>
/// <param name="Member">The asker's name.</param>
/// <param name="Sections">What they may use.</param>
/// <param name="Query">The part of every address that says which community is meant; empty for none.</param>
/// <param name="Others">Addresses and names of the settings of other communities.</param>
internal sealed record SettingsView(
    string Member,
    IReadOnlyList<SettingsSection> Sections,
    string Query,
    IReadOnlyList<KeyValuePair<string, string>> Others
);

/// <summary>The form of one verb.</summary>
/// <param name="Spec">Which.</param>
/// <param name="Fields">In the order of the line.</param>
/// <param name="Note">Safe HTML that explains it; empty for nothing.</param>
/// <param name="TokenField">Name of the field that carries <paramref name="Token"/>.</param>
/// <param name="Token">Proves to the server that a form is ours.</param>
internal sealed record SettingsFormView(
    CommandSpec Spec,
    IReadOnlyList<SettingsField> Fields,
    string Note,
    string TokenField,
    string Token
)
{
    /// <summary>What came of it; null while nothing was sent.</summary>
    public SettingsAnswer? Answer { get; init; }

    /// <summary>The part of every address that says which community is meant; empty for none.</summary>
    public string Query { get; init; } = "";

    public string Path => SettingsCatalogue.Path(Spec);

    public bool HasFile => Fields.Any(one => one.Kind == SettingsFieldKind.File);

    /// <summary>The verb with a capital letter.</summary>
    public string Title => char.ToUpperInvariant(Spec.Name[0]) + Spec.Name[1..];
}

/// <summary>One thing a form asks for.</summary>
/// <param name="Name">As the catalogue calls it.</param>
/// <param name="Label">As shown.</param>
/// <param name="Kind">How it is asked for.</param>
/// <param name="Value">What stands there.</param>
internal sealed record SettingsField(string Name, string Label, SettingsFieldKind Kind, string Value)
{
    public bool IsRequired { get; init; }

    /// <summary>A few words below it; empty for none.</summary>
    public string Hint { get; init; } = "";

    /// <summary>What may be chosen, or is suggested: value and words.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Choices { get; init; } = [];
}

/// <summary>How a form asks for something.</summary>
internal enum SettingsFieldKind
{
    Text,

    /// <summary>Text of several lines.</summary>
    Lines,
    Number,

    /// <summary>One of the choices and nothing else.</summary>
    Choice,

    /// <summary>Text that the choices are suggestions for.</summary>
    Suggested,
    Secret,
    File,
}

/// <summary>What a command answered.</summary>
/// <param name="Html">Safe HTML.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="ConfirmCode">Makes the shown change; null where none waits.</param>
/// <param name="Next">Addresses of forms worth opening next, and what they do.</param>
/// <param name="HasFile">Whether the same form hands out a file.</param>
internal sealed record SettingsAnswer(
    string Html,
    CommandEnding Ending,
    string? ConfirmCode,
    IReadOnlyList<KeyValuePair<string, string>> Next,
    bool HasFile
);
