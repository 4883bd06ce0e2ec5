using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Gets an answer to who asked, in the time Discord gives: at once, later in its place, or as a private message.</summary>
internal sealed partial class DiscordAnswers(
    DiscordRest rest,
    DiscordAnswerWriter writer,
    TimeProvider time,
    ILogger<DiscordAnswers> logger
)
{
    /// <summary>Discord gives up after three seconds; the way there and back takes some of them.</summary>
    public static readonly TimeSpan DeferAfter = TimeSpan.FromSeconds(1.5);

    /// <summary>A token lives 15 minutes; the last half is left for clocks that differ.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(14.5);

    private const int UnknownWebhook = 10015;
    private const int UnknownInteraction = 10062;
    private const int InvalidToken = 50027;
    private const int AlreadyAnswered = 40060;

    /// <summary>Answers privately with what a piece of work brings.</summary>
    /// <param name="interaction">What is answered.</param>
    /// <param name="inPlace">Whether the message of the button is changed instead of a new one written.</param>
    /// <param name="work">Finds the answer; a failure of it is told with an id that the log knows.</param>
    /// <param name="cancellationToken">Stops; the answer may be missing then.</param>
    public async Task AnswerAsync(
        Interaction interaction,
        bool inPlace,
        Func<CancellationToken, Task<DiscordAnswer>> work,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        var working = WorkAsync(work, cancellationToken);
        var (isDeferred, isLost) = (false, false);
        try
        {
            await working.WaitAsync(DeferAfter, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            isDeferred = true;
            isLost = !await TryAsync(() => DeferAsync(interaction, inPlace, cancellationToken));
        }

        var pieces = await writer.WriteAsync(await working, cancellationToken);
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            var isFirst = i == 0;
            isLost =
                isLost
                || time.GetElapsedTime(began) > TokenLife
                || !await TryAsync(() =>
                    isFirst
                        ? FirstAsync(interaction, inPlace, isDeferred, piece, cancellationToken)
                        : rest.FollowUpAsync(
                            interaction.ApplicationId,
                            interaction.Token,
                            piece.Message,
                            piece.Files,
                            cancellationToken
                        )
                );
            if (isLost)
            {
                await SendPrivatelyAsync(interaction, pieces.Skip(i), cancellationToken);
                return;
            }
        }
    }

    /// <summary>Opens a form; it has to be the first answer.</summary>
    public Task OpenAsync(
        Interaction interaction,
        InteractionResponseData modal,
        CancellationToken cancellationToken
    ) =>
        TryAsync(() =>
            rest.RespondAsync(
                interaction.Id,
                interaction.Token,
                new InteractionResponse(InteractionResponseType.Modal, modal),
                [],
                cancellationToken
            )
        );

    /// <summary>Suggests values while one is typed; too late is no harm.</summary>
    public Task SuggestAsync(
        Interaction interaction,
        IReadOnlyList<CommandChoice> choices,
        CancellationToken cancellationToken
    ) =>
        TryAsync(() =>
            rest.RespondAsync(
                interaction.Id,
                interaction.Token,
                new InteractionResponse(
                    InteractionResponseType.Autocomplete,
                    new InteractionResponseData { Choices = choices }
                ),
                [],
                cancellationToken
            )
        );

    private async Task<DiscordAnswer> WorkAsync(
        Func<CancellationToken, Task<DiscordAnswer>> work,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await work(cancellationToken);
        }
        catch (StorageTroubleException trouble)
        {
            return new DiscordAnswer(trouble.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var id = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 6);
            LogFailed(error, id);
            return new DiscordAnswer(
                $"This went wrong on our side. Tell who runs this newsroom the word `{id}`; the log says more under it."
            );
        }
    }

    private Task DeferAsync(Interaction interaction, bool inPlace, CancellationToken cancellationToken) =>
        rest.RespondAsync(
            interaction.Id,
            interaction.Token,
            inPlace
                ? new InteractionResponse(InteractionResponseType.DeferredUpdate)
                : new InteractionResponse(
                    InteractionResponseType.DeferredMessage,
                    new InteractionResponseData { Flags = MessageFlags.Ephemeral }
                ),
            [],
            cancellationToken
        );

    private Task FirstAsync(
        Interaction interaction,
        bool inPlace,
        bool isDeferred,
        DiscordPiece piece,
        CancellationToken cancellationToken
    ) =>
        isDeferred
            ? rest.EditResponseAsync(
                interaction.ApplicationId,
                interaction.Token,
                // Whether it is private was settled when it was put off.
                piece.Message with
                {
                    Flags = MessageFlags.SuppressEmbeds,
                },
                piece.Files,
                cancellationToken
            )
            : rest.RespondAsync(
                interaction.Id,
                interaction.Token,
                new InteractionResponse(
                    inPlace ? InteractionResponseType.UpdateMessage : InteractionResponseType.Message,
                    new InteractionResponseData
                    {
                        Content = piece.Message.Content,
                        Components = piece.Message.Components,
                        AllowedMentions = AllowedMentions.Nobody,
                        Flags = inPlace ? MessageFlags.SuppressEmbeds : piece.Message.Flags,
                        Attachments = piece.Message.Attachments,
                    }
                ),
                piece.Files,
                cancellationToken
            );

    /// <returns>False where nobody can be answered this way any more.</returns>
    private async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (DiscordException error) when (error.Code == AlreadyAnswered || error.IsOutcomeUnknown)
        {
            // It was answered: by the same event told twice, or by a call whose end we did not hear.
            return true;
        }
        catch (DiscordException error)
        {
            if (
                error.Code is not (UnknownInteraction or UnknownWebhook or InvalidToken)
                && error.Status != HttpStatusCode.NotFound
            )
            {
                LogRefused(error.Code, error.Message, string.Join(", ", error.FieldErrors.Keys));
            }

            return false;
        }
    }

    private async Task SendPrivatelyAsync(
        Interaction interaction,
        IEnumerable<DiscordPiece> pieces,
        CancellationToken cancellationToken
    )
    {
        if (interaction.Asker is not { } asker)
        {
            return;
        }

        try
        {
            var room = await rest.CreateDirectMessageAsync(asker.Id, cancellationToken);
            var part = 0;
            foreach (var piece in pieces)
            {
                await rest.CreateMessageAsync(
                    room.Id,
                    piece.Message with
                    {
                        // Buttons work only in the server, where it is known what somebody may do.
                        Components = null,
                        Flags = MessageFlags.SuppressEmbeds,
                        Nonce = Nonce(interaction.Id, part++),
                        EnforceNonce = true,
                    },
                    piece.Files,
                    cancellationToken
                );
            }
        }
        catch (DiscordException error)
        {
            LogUndelivered(error.Code, error.Message);
        }
    }

    // At most 25 characters: an id has up to 20, and an answer has few parts.
    private static string Nonce(Snowflake interaction, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{interaction}-{part}");

    [LoggerMessage(LogLevel.Error, "Something used in Discord failed; they were told the id {Id}")]
    private partial void LogFailed(Exception error, string id);

    [LoggerMessage(LogLevel.Warning, "Discord refused an answer ({Code}): {Reason} {Fields}")]
    private partial void LogRefused(int code, string reason, string fields);

    [LoggerMessage(LogLevel.Information, "An answer could not be delivered ({Code}): {Reason}")]
    private partial void LogUndelivered(int code, string reason);
}
