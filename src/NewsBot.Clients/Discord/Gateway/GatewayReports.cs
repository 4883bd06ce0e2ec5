using Microsoft.Extensions.Logging;

namespace NewsBot.Clients.Discord.Gateway;

/// <summary>The owner's handler, made safe: what it throws where it must not never ends a connection.</summary>
internal sealed partial class GatewayReports(IGatewayHandler handler, ILogger<GatewayReports> logger)
{
    public Task HandleAsync(GatewayEvent dispatch, CancellationToken cancellationToken) =>
        handler.HandleAsync(dispatch, cancellationToken);

    public bool Wants(string type, ReadOnlySpan<byte> data)
    {
        try
        {
            return handler.Wants(type, data);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Kept rather than lost; the handler decides again with more time.
            LogWantsFailed(error, type);
            return true;
        }
    }

    public void Report(GatewayState state)
    {
        try
        {
            handler.OnState(state);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogReportFailed(error, state.Shard);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Whether {Type} is wanted could not be said; it is kept")]
    private partial void LogWantsFailed(Exception error, string type);

    [LoggerMessage(LogLevel.Warning, "Shard {Shard}: the new state could not be told")]
    private partial void LogReportFailed(Exception error, int shard);
}
