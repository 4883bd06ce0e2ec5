namespace NewsBot.Processes;

/// <summary>
/// Stands before every call to a platform: a process that was stopped for a while and goes on knows nothing of that yet, and
/// what it was about to post may have been posted by another one.
/// </summary>
internal sealed class Fence(ThisProcess process) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) =>
        process.MayAct
            ? base.SendAsync(request, cancellationToken)
            : throw new HttpRequestException("The database has not heard of this process for too long.");
}
