using System.Security.Cryptography;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Gets an answer to who asked: by the address that came with what they used, else as a message in the channel that only
/// they see, else as a direct message.
/// </summary>
/// <param name="installs">Answers by address, which needs no token.</param>
/// <param name="rooms">Finds the workspace, for the other ways.</param>
/// <param name="writer">Writes them.</param>
/// <param name="time">For patience.</param>
/// <param name="logger">Is told of what failed, never of what was said.</param>
internal sealed partial class SlackAnswers(
    SlackInstalls installs,
    SlackRooms rooms,
    SlackAnswerWriter writer,
    TimeProvider time,
    ILogger<SlackAnswers> logger
)
{
    /// <summary>After so long somebody wants to see that they were heard.</summary>
    public static readonly TimeSpan ShowWorkAfter = TimeSpan.FromSeconds(2.5);

    private static readonly SlackPiece Patience = new("One moment…", SlackAnswerText.Blocks("One moment…"));

    /// <summary>An address is good for half an hour; the last minute is left for clocks that differ.</summary>
    public static readonly TimeSpan AddressLife = TimeSpan.FromMinutes(29);

    /// <summary>Answers privately with what a piece of work brings.</summary>
    /// <param name="ask">What is answered.</param>
    /// <param name="inPlace">Whether the message of the button is changed instead of a new one written.</param>
    /// <param name="work">Finds the answer; a failure of it is told with an id that the log knows.</param>
    /// <param name="cancellationToken">Stops; the answer may be missing then.</param>
    public async Task AnswerAsync(
        SlackAsk ask,
        bool inPlace,
        Func<CancellationToken, Task<SlackAnswer>> work,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        var working = WorkAsync(work, cancellationToken);
        // Only a message that they alone see may be replaced: cards and comments stay.
        var replaces = inPlace && ask.IsEphemeral;
        try
        {
            await working.WaitAsync(ShowWorkAfter, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            await RespondAsync(ask, Message(Patience, replaces, ask), cancellationToken);
        }

        var pieces = await writer.WriteAsync(await working, cancellationToken);
        for (var i = 0; i < pieces.Count; i++)
        {
            var isTaken =
                time.GetElapsedTime(began) < AddressLife
                && await RespondAsync(ask, Message(pieces[i], replaces && i == 0, ask), cancellationToken);
            if (!isTaken)
            {
                await SendAsync(ask, pieces.Skip(i), cancellationToken);
                return;
            }
        }
    }

    /// <summary>The result of a piece of work, or the words for its failure.</summary>
    public async Task<T> GuardAsync<T>(
        Func<CancellationToken, Task<T>> work,
        Func<string, T> failed,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await work(cancellationToken);
        }
        catch (StorageTroubleException trouble)
        {
            return failed(trouble.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var id = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 6);
            LogFailed(error, id);
            return failed(
                $"This went wrong on our side. Tell who runs this newsroom the word `{id}`; the log says more under it."
            );
        }
    }

    private Task<SlackAnswer> WorkAsync(
        Func<CancellationToken, Task<SlackAnswer>> work,
        CancellationToken cancellationToken
    ) => GuardAsync(work, words => new SlackAnswer(words), cancellationToken);

    private static ResponseMessage Message(SlackPiece piece, bool replaces, SlackAsk ask) =>
        new()
        {
            Text = piece.Text,
            Blocks = piece.Blocks,
            ReplaceOriginal = replaces,
            Thread = replaces ? default : ask.Thread,
        };

    /// <returns>False where nobody can be answered this way (any more).</returns>
    private async Task<bool> RespondAsync(SlackAsk ask, ResponseMessage message, CancellationToken cancellationToken)
    {
        if (ask.ResponseUrl is not { } url)
        {
            return false;
        }

        try
        {
            await installs.Anonymous.RespondAsync(url, message, cancellationToken);
            return true;
        }
        catch (SlackException error) when (error.IsOutcomeUnknown)
        {
            // It may have been taken; twice the same answer is worse than none where they can ask again.
            LogUnanswered(error.Code, error.Message);
            return true;
        }
        catch (SlackException error)
        {
            LogUnanswered(error.Code, error.Message);
            return false;
        }
    }

    private async Task SendAsync(SlackAsk ask, IEnumerable<SlackPiece> pieces, CancellationToken cancellationToken)
    {
        if (await rooms.FindAsync(ask.Team, cancellationToken) is not { } room)
        {
            return;
        }

        var all = pieces.ToList();
        if (
            ask.Channel is not { } channel
            || !await TryAsync(
                all,
                piece =>
                    room.Api.PostEphemeralAsync(
                        channel,
                        ask.User,
                        Post(piece) with
                        {
                            Thread = ask.Thread,
                        },
                        cancellationToken
                    )
            )
        )
        {
            await TryAsync(
                all,
                async piece =>
                {
                    var direct = await room.Api.OpenConversationAsync(ask.User, cancellationToken);
                    await room.Api.PostMessageAsync(direct.Id, Post(piece), cancellationToken);
                }
            );
        }
    }

    private async Task<bool> TryAsync(IEnumerable<SlackPiece> pieces, Func<SlackPiece, Task> send)
    {
        try
        {
            foreach (var piece in pieces)
            {
                await send(piece);
            }

            return true;
        }
        catch (SlackException error)
        {
            LogUnanswered(error.Code, error.Message);
            return error.IsOutcomeUnknown;
        }
    }

    private static NewMessage Post(SlackPiece piece) => new() { Text = piece.Text, Blocks = piece.Blocks };

    [LoggerMessage(LogLevel.Error, "Something used in Slack failed; they were told the id {Id}")]
    private partial void LogFailed(Exception error, string id);

    [LoggerMessage(LogLevel.Information, "An answer could not be given in Slack ({Code}): {Reason}")]
    private partial void LogUnanswered(string code, string reason);
}
