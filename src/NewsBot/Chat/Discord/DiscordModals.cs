using System.Globalization;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Commands;
using NewsBot.Storage;
using Role = NewsBot.Core.Communities.Role;

namespace NewsBot.Chat.Discord;

/// <summary>Forms: the filter or template of a source, as it is now, to be changed.</summary>
internal sealed class DiscordModals(
    DiscordRunner runner,
    DiscordChannelChoice choice,
    DiscordAnswers answers,
    Database database
)
{
    private const int Paragraph = 2;
    private const int MaxText = 3_500;
    private const int MaxTitle = 45;

    /// <summary>Whether a command is finished in a form.</summary>
    public static bool Opens(DiscordInput input) =>
        SourceForm.Of(input.Spec) is { } kind && input.Text(kind.Field) is null;

    /// <summary>Shows the form, or says what is wrong.</summary>
    public async Task OpenAsync(Interaction interaction, DiscordInput input, CancellationToken cancellationToken)
    {
        var (form, problem) = await FormAsync(interaction, input, cancellationToken);
        await (
            form is null
                ? answers.AnswerAsync(
                    interaction,
                    inPlace: false,
                    _ => Task.FromResult(new DiscordAnswer(problem)),
                    cancellationToken
                )
                : answers.OpenAsync(interaction, form, cancellationToken)
        );
    }

    /// <summary>Takes a form that was sent.</summary>
    public Task SubmitAsync(Interaction interaction, CancellationToken cancellationToken) =>
        answers.AnswerAsync(interaction, inPlace: false, token => TakeAsync(interaction, token), cancellationToken);

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

        if (SourceForm.Of(input.Spec) is not { } kind || asker.Member.Role < Role.Admin)
        {
            return (null, CommandHelp.Refusal(input.Spec));
        }

        var place = await choice.KeepAsync(
            interaction,
            asker,
            input.Id(DiscordCatalogue.ChannelOption),
            cancellationToken
        );
        if (place.Value is not { } channel)
        {
            return (null, place.Problem);
        }

        return await database.ReadAsync(
            async connection =>
            {
                var found = await AdminStore.SourceAsync(
                    connection,
                    asker.Workspace.Community,
                    input.Text("source") ?? ""
                );
                if (found.Value is not { } source)
                {
                    return ((InteractionResponseData?)null, found.Problem);
                }

                var text = await kind.ReadAsync(connection, source.Id, channel.Id);
                return (Form(kind, source, channel, text), "");
            },
            cancellationToken
        );
    }

    private static InteractionResponseData Form(
        SourceForm kind,
        SourceRow source,
        ChosenChannel channel,
        string? text
    ) =>
        new()
        {
            CustomId = string.Create(CultureInfo.InvariantCulture, $"{kind.Field}:{source.Id}:{channel.Id.Value}"),
            Title = Shortened.To($"{kind.Title} of {source.Name}", MaxTitle),
            Components =
            [
                new Component(ComponentType.Label)
                {
                    Label = kind.Label,
                    Description = kind.Hint,
                    Inner = new Component(ComponentType.TextInput)
                    {
                        CustomId = kind.Field,
                        Style = Paragraph,
                        Required = false,
                        MaxLength = MaxText,
                        Value = text is { Length: > 0 and <= MaxText } ? text : null,
                    },
                },
            ],
        };

    private async Task<DiscordAnswer> TakeAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        if (
            interaction.Data is not { CustomId: { } id } data
            || !DiscordActions.IsForm(id)
            || id.Split(':') is not [var field, var source, var channel]
            || SourceForm.Of(field) is not { } kind
            || !long.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            || !long.TryParse(channel, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        )
        {
            return new DiscordAnswer("This form is not known any more. Use the command again.");
        }

        return DiscordAnswer.Of(
            await kind.RunAsync(
                Field(data.Components, kind.Field) ?? "",
                $"source-{source}",
                $"channel-{channel}",
                (command, token) => runner.RunAsync(interaction, command, token),
                cancellationToken
            )
        );
    }

    /// <summary>What stands in a field of a form, in the shape of today or the one before.</summary>
    public static string? Field(IReadOnlyList<Component>? components, string name)
    {
        foreach (var component in components ?? [])
        {
            var field =
                component.CustomId == name ? component.Value
                : component.Inner is { } inner ? Field([inner], name)
                : component.Components is { } more ? Field(more, name)
                : null;
            if (field is not null)
            {
                return field;
            }
        }

        return null;
    }
}
