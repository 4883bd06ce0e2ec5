using NewsBot.Commands;
using NewsBot.Core.Commands;

namespace NewsBot.Chat.Slack;

/// <summary>The form for the login of a feed. What is typed into it goes beside the command, never into its line. Pure.</summary>
internal static class SlackLoginForm
{
    // Slack's own limit of what a button holds.
    private const int MaxValue = 2_000;

    private static readonly CommandSpec Set = Catalogue.Find("login", "set")!;
    private static readonly CommandSpec Add = Catalogue.Find("add")!;

    /// <summary>What the button holds that opens the form for a feed that is not added yet.</summary>
    /// <returns>Null where the address is too long for a button.</returns>
    public static string? ValueFor(LoginPlace place) =>
        $"{place.Channel}|{place.Url.AbsoluteUri}" is { Length: <= MaxValue } value ? value : null;

    /// <summary>What the form remembers of a feed that is not added yet.</summary>
    public static SlackFormState StateFor(LoginPlace place) => new(Channel: place.Channel, Url: place.Url.AbsoluteUri);

    /// <summary>The same, from the button.</summary>
    /// <returns>Null for what is not from such a button.</returns>
    public static SlackFormState? StateOf(string? value) =>
        value?.Split('|', 2) is [var channel, var url] && AddressText.Parse(url) is not null
            ? new SlackFormState(Channel: channel.Length > 0 ? channel : null, Url: url)
            : null;

    /// <returns>The feed that is to be added; null where the form is about a source that is there.</returns>
    public static LoginPlace? Place(SlackFormState state) =>
        state.Url is { } text && AddressText.Parse(text) is { } url ? new LoginPlace(url, state.Channel) : null;

    /// <summary>What a form that was sent stands for.</summary>
    /// <returns>Null where it is not known any more.</returns>
    public static (TypedCommand Command, TypedLogin Login)? Read(SlackFormState state, SlackFormFields fields)
    {
        var login = new TypedLogin(fields.Raw(SlackFormFields.User), fields.Raw(SlackFormFields.Secret));
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Place(state) is { } place)
        {
            values["url"] = place.Url.AbsoluteUri;
            if (place.Channel is { } channel)
            {
                values["channel"] = channel;
            }

            return (new TypedCommand(Add, values), login);
        }

        if (state.Source is not { } source)
        {
            return null;
        }

        values["source"] = source;
        if (state.Header is { Length: > 0 } header)
        {
            values["header"] = header;
        }

        return (new TypedCommand(Set, values), login);
    }
}
