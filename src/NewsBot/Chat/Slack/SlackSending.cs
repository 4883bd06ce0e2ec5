namespace NewsBot.Chat.Slack;

/// <summary>A window that was sent and is being worked on.</summary>
internal sealed class SlackSending
{
    private readonly TaskCompletionSource<SlackSubmitted> _ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private readonly TaskCompletionSource<bool> _isLate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How it ended.</summary>
    public Task<SlackSubmitted> Ended => _ended.Task;

    /// <summary>Whether Slack was told to wait, so that the end has to be shown; known once Slack was told anything.</summary>
    public Task<bool> IsLate => _isLate.Task;

    public void End(SlackSubmitted ended) => _ended.TrySetResult(ended);

    public void GiveUp(CancellationToken cancellationToken) => _ended.TrySetCanceled(cancellationToken);

    /// <summary>Slack is told how it ended, or to wait. The first that is told counts.</summary>
    public void Tell(bool isLate) => _isLate.TrySetResult(isLate);
}
