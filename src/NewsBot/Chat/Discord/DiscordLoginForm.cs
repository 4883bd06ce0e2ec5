using System.Globalization;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Feeds;
using NewsBot.Storage;
using Role = NewsBot.Core.Communities.Role;

namespace NewsBot.Chat.Discord;

/// <summary>The form for the login of a feed. What is typed into it goes beside the command, never into its line.</summary>
internal sealed class DiscordLoginForm(DiscordRunner runner, DiscordAnswers answers, Database database)
{
    private const string ForSource = DiscordActions.Login;
    private const string ForNew = DiscordActions.LoginAdd;

    private const string UserField = "user";
    private const string SecretField = "secret";

    private const int Line = 1;
    private const int MaxTitle = 45;
    private const int MaxCustomId = 100;

    private static readonly CommandSpec Set = Catalogue.Find("login", "set")!;
    private static readonly CommandSpec Add = Catalogue.Find("add")!;

    /// <summary>Whether a command is finished in this form.</summary>
    public static bool Opens(DiscordInput input) => input.Spec == Set;

    /// <summary>Whether the id of a button or form is one of these.</summary>
    public static bool Knows(string? customId) =>
        customId is not null
        && (
            customId.StartsWith(ForSource, StringComparison.Ordinal)
            || customId.StartsWith(ForNew, StringComparison.Ordinal)
        );

    /// <summary>The id of the button that opens the form for a feed that is not added yet.</summary>
    /// <returns>Null where the address is too long for a button.</returns>
    public static string? IdFor(LoginPlace place) =>
        $"{ForNew}{place.Channel}:{place.Url.AbsoluteUri}" is { Length: <= MaxCustomId } id ? id : null;

    /// <summary>Opens the form for a source, or says what is wrong.</summary>
    public async Task OpenAsync(Interaction interaction, DiscordInput input, CancellationToken cancellationToken)
    {
        var (form, problem) = await FormAsync(interaction, input, cancellationToken);
        await OpenAsync(interaction, form, problem, cancellationToken);
    }

    /// <summary>Opens the form for a feed that is not added yet, from the button below the answer of "add".</summary>
    public async Task PressAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        var id = interaction.Data?.CustomId ?? "";
        var asker = await runner.KeepAskerAsync(interaction, cancellationToken);
        var (form, problem) =
            asker is null ? (null, DiscordRunner.Elsewhere)
            : asker.Member.Role < Role.Admin ? (null, CommandHelp.Refusal(Add))
            : Place(id) is not { } place ? (null, Gone)
            : (Form(id, $"Login of {place.Url.Host}", header: null), "");
        await OpenAsync(interaction, form, problem, cancellationToken);
    }

    /// <summary>Takes a form that was sent: tries the login, and keeps it where the feed answers.</summary>
    public Task SubmitAsync(Interaction interaction, CancellationToken cancellationToken) =>
        answers.AnswerAsync(
            interaction,
            inPlace: false,
            async token =>
                Read(interaction.Data) is var (command, login)
                    ? DiscordAnswer.Of(await runner.RunAsync(interaction, command, login, token))
                    : new DiscordAnswer(Gone),
            cancellationToken
        );

    private const string Gone = "This form is not known any more. Use the command again.";

    private Task OpenAsync(
        Interaction interaction,
        InteractionResponseData? form,
        string problem,
        CancellationToken cancellationToken
    ) =>
        form is null
            ? answers.AnswerAsync(
                interaction,
                inPlace: false,
                _ => Task.FromResult(new DiscordAnswer(problem)),
                cancellationToken
            )
            : answers.OpenAsync(interaction, form, cancellationToken);

    private async Task<(InteractionResponseData? Form, string Problem)> FormAsync(
        Interaction interaction,
        DiscordInput input,
        CancellationToken cancellationToken
    )
    {
        if (await runner.KeepAskerAsync(interaction, cancellationToken) is not { } asker)
        {
            return (null, DiscordRunner.Elsewhere);
        }

        if (asker.Member.Role < Role.Admin)
        {
            return (null, CommandHelp.Refusal(Set));
        }

        var found = await database.ReadAsync(
            connection => AdminStore.SourceAsync(connection, asker.Workspace.Community, input.Text("source") ?? ""),
            cancellationToken
        );
        if (found.Value is not { } source)
        {
            return (null, found.Problem);
        }

        var header = input.Text("header")?.Trim();
        // Before somebody types a secret, it is told that it would be refused.
        if (
            header is not null
            && FeedLogin.OfHeader(new Uri(source.Url), header, "x") is { Login: null, Problem: var no }
        )
        {
            return (null, no);
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"{ForSource}{source.Id}:{header}");
        return (Form(id, $"Login of {source.Name}", header), "");
    }

    private static InteractionResponseData Form(string id, string title, string? header) =>
        new()
        {
            CustomId = id,
            Title = Shortened.To(title, MaxTitle),
            Components = header is null
                ?
                [
                    Field(UserField, "User name", "Sent to this feed's server only, and kept encrypted"),
                    Field(SecretField, "Password", "It is tried at once, and kept only where the feed answers"),
                ]
                : [Field(SecretField, Shortened.To($"What {header} says", MaxTitle), "It is tried at once")],
        };

    private static Component Field(string id, string label, string hint) =>
        new(ComponentType.Label)
        {
            Label = label,
            Description = hint,
            Inner = new Component(ComponentType.TextInput)
            {
                CustomId = id,
                Style = Line,
                Required = true,
                MaxLength = FeedLogin.MaxText,
            },
        };

    private static (TypedCommand Command, TypedLogin Login)? Read(InteractionData? data)
    {
        if (data?.CustomId is not { } id)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var login = new TypedLogin(
            DiscordModals.Field(data.Components, UserField) ?? "",
            DiscordModals.Field(data.Components, SecretField) ?? ""
        );
        if (Place(id) is { } place)
        {
            values["url"] = place.Url.AbsoluteUri;
            values[DiscordCatalogue.ChannelOption] = place.Channel!;
            return (new TypedCommand(Add, values), login);
        }

        if (
            !id.StartsWith(ForSource, StringComparison.Ordinal)
            || id[ForSource.Length..].Split(':') is not [var source, var header]
            || !long.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        )
        {
            return null;
        }

        values["source"] = $"source-{source}";
        if (header.Length > 0)
        {
            values["header"] = header;
        }

        return (new TypedCommand(Set, values), login);
    }

    private static LoginPlace? Place(string id) =>
        id.StartsWith(ForNew, StringComparison.Ordinal)
        && id[ForNew.Length..].Split(':', 2) is [{ Length: > 0 } channel, var text]
        && AddressText.Parse(text) is { } url
            ? new LoginPlace(url, channel)
            : null;
}
