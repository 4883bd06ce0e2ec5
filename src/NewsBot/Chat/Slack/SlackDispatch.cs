using System.Text.Json.Nodes;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.SocketMode;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>
/// The one door for all that Slack sends, over a socket or by HTTP. An event that concerns us is stored before this
/// returns, and so before Slack is told that it came.
/// </summary>
internal sealed partial class SlackDispatch(
    SlackInbox inbox,
    SlackWants wants,
    SlackPeople people,
    SlackCatchUp catchUp,
    SlackState state,
    SlackCommands commands,
    ILogger<SlackDispatch> logger
) : ISlackSocketHandler
{
    public async Task<JsonNode?> HandleAsync(SlackEnvelope envelope, CancellationToken cancellationToken)
    {
        state.SawEvent();
        // Where nothing can be stored, nothing is acknowledged, and the socket keeps the event until it can.
        StorageHealth.FailAtOnce();
        if (envelope.Kind != SlackEnvelopeKind.Event)
        {
            return await commands.TakeAsync(envelope, cancellationToken);
        }

        await KeepAsync(envelope.Payload, envelope.RetryAttempt > 0, cancellationToken);
        return null;
    }

    public void OnState(SlackSocketState next)
    {
        state.Keep(next);
        switch (next)
        {
            case SlackSocketState.Connected { MayHaveMissed: true }:
                catchUp.IsBehind = true;
                break;
            case SlackSocketState.Skipped { Kind: SlackEnvelopeKind.Event } skipped:
                // Slack sends it again; should that fail too, it is read anew.
                catchUp.IsBehind = true;
                LogSkipped(skipped.Reason);
                break;
            default:
                break;
        }
    }

    /// <summary>Stores an event where it concerns us.</summary>
    /// <param name="json">The envelope; anything.</param>
    /// <param name="isToldAgain">Whether Slack had told it before.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public async Task KeepAsync(ReadOnlyMemory<byte> json, bool isToldAgain, CancellationToken cancellationToken)
    {
        if (SlackJson.Read<EventEnvelope>(json.Span) is not { } envelope)
        {
            LogUnreadable();
            return;
        }

        switch (envelope.EventType)
        {
            case "" when envelope.Type == "app_rate_limited":
                // Events of that minute were dropped; whoever reads up on them may be another process.
                await catchUp.FlagAsync(null, cancellationToken);
                break;
            case "user_change" or "user_profile_changed":
                // It comes with every change of a status; what is missed here is asked for anew within hours.
                if (envelope.Read<UserChange>()?.User is { Id.Length: > 0 } user)
                {
                    await people.ChangeAsync(envelope.InstallTeamId ?? "", user, cancellationToken);
                }

                break;
            default:
                if (wants.Wants(envelope))
                {
                    await inbox.PutAsync(envelope.EventId, json, isToldAgain, cancellationToken);
                }

                break;
        }
    }

    [LoggerMessage(LogLevel.Warning, "An event of Slack is no JSON or has no shape we know; it is left")]
    private partial void LogUnreadable();

    [LoggerMessage(LogLevel.Error, "An event of Slack was not stored ({Reason}); what it said is read anew")]
    private partial void LogSkipped(string reason);
}
