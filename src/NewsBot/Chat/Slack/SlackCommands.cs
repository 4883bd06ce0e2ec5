using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.SocketMode;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Takes what people use in Slack, over the socket or by HTTP, acknowledges it at once and answers it beside everything
/// else. Only what a window or select waits for is found first, for as long as Slack waits.
/// </summary>
internal sealed partial class SlackCommands(
    SlackRunner runner,
    SlackAnswers answers,
    SlackButtons buttons,
    SlackMessageCommands messages,
    SlackForms forms,
    SlackSubmissions submissions,
    SlackRooms rooms,
    SlackAutocomplete autocomplete,
    TimeProvider time,
    ILogger<SlackCommands> logger
) : BackgroundService
{
    /// <summary>Slack waits three seconds; the way there and back takes some of them.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    // What was acknowledged is on its way; a window that is changed before that would be changed back by it.
    private static readonly TimeSpan AfterAcknowledging = TimeSpan.FromSeconds(1);

    // What waits longer is not what somebody waits for.
    private const int MostWaiting = 256;

    // A slow one (a look at somebody's server) must not hold up the others.
    private const int MostAtOnce = 16;

    private readonly System.Threading.Channels.Channel<Func<CancellationToken, Task>> _waiting =
        System.Threading.Channels.Channel.CreateBounded<Func<CancellationToken, Task>>(MostWaiting);

    private readonly SlackRepeats _repeats = new(time);

    /// <summary>Returns within Slack's three seconds; what takes longer goes on by itself.</summary>
    /// <param name="envelope">A command or an interaction; its payload is not checked. It may come twice.</param>
    /// <param name="cancellationToken">Cancelled when the time is up and at the end of the process.</param>
    /// <returns>What to answer at once; null for a bare acknowledgement.</returns>
    public async Task<JsonNode?> TakeAsync(SlackEnvelope envelope, CancellationToken cancellationToken)
    {
        switch (envelope.Kind)
        {
            case SlackEnvelopeKind.Command
                when SlackJson.Read<SlashCommand>(envelope.Payload.Span) is { } command
                    && SlackAsk.Of(command) is { } ask:
                return Take(ask, command);
            case SlackEnvelopeKind.Interaction
                when SlackJson.Read<Interaction>(envelope.Payload.Span) is { } interaction
                    && SlackAsk.Of(interaction) is { } ask:
                return await TakeAsync(ask, interaction, cancellationToken);
            default:
                // Nothing we know, or nobody's: Slack is told that it came, so that it does not come again.
                return null;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(
            _waiting.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = stoppingToken },
            async (work, token) => await DoAsync(work, token)
        );

    private JsonObject? Take(SlackAsk ask, SlashCommand command)
    {
        if (!_repeats.IsNew($"command:{command.TriggerId ?? command.ResponseUrl}"))
        {
            return null;
        }

        return Later(token => CommandAsync(ask, command.Text ?? "", token))
            ? null
            : new JsonObject
            {
                ["response_type"] = "ephemeral",
                ["text"] = "Too much is asked at once. Try again in a minute.",
            };
    }

    private async Task<JsonNode?> TakeAsync(SlackAsk ask, Interaction interaction, CancellationToken cancellationToken)
    {
        switch (interaction.Type)
        {
            case InteractionTypes.BlockSuggestion:
                return await SuggestAsync(ask, interaction, cancellationToken);
            case InteractionTypes.ViewSubmission when interaction.View is { } view:
                return await SubmitAsync(ask, view, interaction.TriggerId ?? view.Hash, cancellationToken);
            case InteractionTypes.BlockActions when _repeats.IsNew(ask, interaction):
                Press(ask, interaction);
                return null;
            case InteractionTypes.MessageAction when _repeats.IsNew($"menu:{interaction.TriggerId}"):
                Later(token => messages.RunAsync(ask, interaction.CallbackId, interaction.Message, token));
                return null;
            case InteractionTypes.Shortcut when _repeats.IsNew($"menu:{interaction.TriggerId}"):
                Later(token => forms.OpenAsync(ask, SlackFormKinds.Home, source: null, onTop: false, token));
                return null;
            default:
                // A kind that Slack has added since, a window that was closed, or a repetition.
                return null;
        }
    }

    private void Press(SlackAsk ask, Interaction interaction)
    {
        // A window stands in no channel; it remembers the one it was opened from.
        var from = interaction.View is { } view ? ask with { Channel = SlackFormState.Read(view).Channel } : ask;
        foreach (var action in (interaction.Actions ?? []).Take(1))
        {
            Later(token => buttons.PressAsync(from, action, interaction.View is not null, token));
        }
    }

    private Task CommandAsync(SlackAsk ask, string text, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        return SlackFormKinds.Opens(SlackLine.Read(text, names, names)) is var (kind, source)
            ? forms.OpenAsync(ask, kind, source, onTop: false, cancellationToken)
            : answers.AnswerAsync(
                ask,
                inPlace: false,
                async token => SlackAnswer.Of(await runner.RunTextAsync(ask, text, token)),
                cancellationToken
            );
    }

    private async Task<JsonNode?> SuggestAsync(
        SlackAsk ask,
        Interaction interaction,
        CancellationToken cancellationToken
    )
    {
        // A select in a message names what was used in its one action, a window's in the payload itself.
        var actionId = interaction.ActionId ?? (interaction.Actions is [var action, ..] ? action.ActionId : null);
        try
        {
            using var late = new CancellationTokenSource(AnswerWithin, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            return Node(await autocomplete.FindAsync(ask, actionId, interaction.Value ?? "", either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Node(new OptionsResponse([]));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogBroken(error);
            return Node(new OptionsResponse([]));
        }
    }

    private async Task<JsonNode?> SubmitAsync(
        SlackAsk ask,
        View view,
        string? sending,
        CancellationToken cancellationToken
    )
    {
        // Delivered twice, a sending is taken once, and both get the same answer.
        var begun = _repeats.Once($"view:{view.Id}:{sending}", () => Begin(ask, view));
        try
        {
            var ended = await begun.Ended.WaitAsync(AnswerWithin, time, cancellationToken);
            begun.Tell(isLate: false);
            return Node(ended.ToResponse(new SlackFormFields(view).Inputs));
        }
        catch (TimeoutException)
        {
            begun.Tell(isLate: true);
            return Node(ViewResponse.Update(SlackViews.Loading()));
        }
        finally
        {
            // Where nobody could be told any more, the window still shows the end.
            begun.Tell(isLate: true);
        }
    }

    private SlackSending Begin(SlackAsk ask, View view)
    {
        var sending = new SlackSending();
        if (!Later(token => SubmitAsync(ask, view, sending, token)))
        {
            sending.End(
                new SlackSubmitted.Next(SlackViews.Result("Too much is asked at once. Try again in a minute."))
            );
        }

        return sending;
    }

    private async Task SubmitAsync(SlackAsk ask, View view, SlackSending sending, CancellationToken cancellationToken)
    {
        try
        {
            sending.End(
                await answers.GuardAsync(
                    token => submissions.RunAsync(ask, view, token),
                    words => new SlackSubmitted.Next(SlackViews.Result(words)),
                    cancellationToken
                )
            );
        }
        catch (OperationCanceledException)
        {
            sending.GiveUp(cancellationToken);
            throw;
        }

        if (
            await sending.IsLate.WaitAsync(cancellationToken)
            && await rooms.FindAsync(ask.Team, cancellationToken) is { } room
        )
        {
            await Task.Delay(AfterAcknowledging, time, cancellationToken);
            var shown = (await sending.Ended).ToView();
            await forms.ShowAsync(room, view with { Hash = null }, shown, cancellationToken);
        }
    }

    private bool Later(Func<CancellationToken, Task> work)
    {
        if (_waiting.Writer.TryWrite(work))
        {
            return true;
        }

        LogFull();
        return false;
    }

    private async Task DoAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        StorageHealth.FailAtOnce();
        try
        {
            await work(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogBroken(error);
        }
    }

    private static JsonNode? Node<T>(T answer) => JsonSerializer.SerializeToNode(answer, SlackJson.Options);

    [LoggerMessage(LogLevel.Error, "More was used in Slack at once than can be answered; something was left out")]
    private partial void LogFull();

    [LoggerMessage(LogLevel.Error, "Something used in Slack could not be answered")]
    private partial void LogBroken(Exception error);
}
