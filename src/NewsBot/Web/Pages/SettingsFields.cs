using System.Globalization;
using NewsBot.Chat;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Storage;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>Makes the fields of a verb's form, with what there is to choose from.</summary>
internal sealed class SettingsFields(CommandSuggestions suggestions, Database database)
{
    /// <summary>Name of the field for a channel.</summary>
    public const string Channel = "channel";

    /// <summary>Name of the field for a file.</summary>
    public const string File = "file";

    /// <summary>Names of the fields for a login.</summary>
    public const string User = "login-user";

    /// <inheritdoc cref="User" />
    public const string Secret = "login-secret";

    // A longer list is searched by typing instead.
    private const int MostChoices = 300;
    private const int MaxLabel = 90;
    private const int MaxValue = 200;

    private static readonly SuggestionLimits Limits = new(MostChoices + 1, MaxLabel, MaxValue);

    private const string LoginVerb = "login set";
    private const string ImportVerb = "import";

    /// <param name="spec">The verb.</param>
    /// <param name="asker">Who is to fill it in.</param>
    /// <param name="value">What stands in a field already.</param>
    /// <param name="wantsLogin">Whether the feed was found to want a login.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<IReadOnlyList<SettingsField>> OfAsync(
        CommandSpec spec,
        Member asker,
        Func<string, string> value,
        bool wantsLogin,
        CancellationToken cancellationToken
    )
    {
        List<SettingsField> fields = [];
        foreach (var argument in spec.Arguments)
        {
            fields.Add(
                await OfAsync(spec, asker, argument.Name, argument.Choices, value, cancellationToken) with
                {
                    IsRequired = argument.IsRequired && SourceForm.Of(spec)?.Field != argument.Name,
                }
            );
        }

        if (spec.TakesChannel)
        {
            fields.Add(await ChannelAsync(asker, value(Channel), cancellationToken));
        }

        foreach (var option in spec.Options.Where(option => option.Value is not null))
        {
            fields.Add(
                await OfAsync(spec, asker, option.Name, ChoicesOf(option), value, cancellationToken) with
                {
                    Hint = option.Summary,
                }
            );
        }

        if (spec.Name == ImportVerb)
        {
            fields.Add(
                new SettingsField(File, "Or a file", SettingsFieldKind.File, "") { Hint = "OPML or JSON, at most 4 MB" }
            );
        }

        if (spec.Name == LoginVerb || wantsLogin)
        {
            fields.Add(
                new SettingsField(User, "User name", SettingsFieldKind.Text, "")
                {
                    Hint = "Sent to this feed's server only",
                }
            );
            fields.Add(
                new SettingsField(Secret, "Password, or what the header says", SettingsFieldKind.Secret, "")
                {
                    Hint = "It is tried at once, and kept, encrypted, only where the feed answers",
                    IsRequired = true,
                }
            );
        }

        return fields;
    }

    // An option that lists its values takes no others.
    private static string[] ChoicesOf(CommandOption option) =>
        option.Value is { } value && value.Contains('|', StringComparison.Ordinal) ? value.Split('|') : [];

    private async Task<SettingsField> OfAsync(
        CommandSpec spec,
        Member asker,
        string name,
        IReadOnlyList<string> choices,
        Func<string, string> value,
        CancellationToken cancellationToken
    )
    {
        var kind = CommandValues.Of(spec, name);
        var field = new SettingsField(name, Label(name), SettingsFieldKind.Text, value(name));
        if (choices.Count > 0)
        {
            return field with
            {
                Kind = SettingsFieldKind.Choice,
                Choices = [.. choices.Select(choice => KeyValuePair.Create(choice, choice))],
            };
        }

        if (kind is CommandValue.Number)
        {
            return field with { Kind = SettingsFieldKind.Number };
        }

        if (kind is CommandValue.Form)
        {
            var form = SourceForm.Of(spec)!;
            return field with { Kind = SettingsFieldKind.Lines, Label = form.Label, Hint = form.Hint };
        }

        if (!CommandValues.IsCompleted(kind))
        {
            return field;
        }

        var found = await suggestions.FindAsync(spec, name, "", asker, null, Limits, cancellationToken);
        List<KeyValuePair<string, string>> shown =
        [
            .. found.Take(MostChoices).Select(one => KeyValuePair.Create(one.Value, one.Label)),
        ];
        // What is chosen among a few is chosen from a list; of many, and of what may be written freely, some are suggested.
        var isWhole =
            found.Count is > 0 and <= MostChoices
            && kind is CommandValue.Source or CommandValue.Bundle or CommandValue.Word;
        return field with { Kind = isWhole ? SettingsFieldKind.Choice : SettingsFieldKind.Suggested, Choices = shown };
    }

    private async Task<SettingsField> ChannelAsync(Member asker, string value, CancellationToken cancellationToken)
    {
        var channels = await database.ReadAsync(
            connection => AdminStore.ChannelsAsync(connection, asker.Community.Value),
            cancellationToken
        );
        return new SettingsField(Channel, "Channel", SettingsFieldKind.Choice, value)
        {
            IsRequired = true,
            Choices =
            [
                .. channels.Select(channel =>
                    KeyValuePair.Create(
                        string.Create(CultureInfo.InvariantCulture, $"channel-{channel.Id}"),
                        Shortened.To($"#{channel.Name} ({Wording.Platform(channel.Platform)})", MaxLabel)
                    )
                ),
            ],
        };
    }

    private static string Label(string name)
    {
        var words = name.Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
