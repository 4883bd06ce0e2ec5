namespace NewsBot.Chat.Slack;

/// <summary>Remembers whether what came by HTTP was signed rightly, to tell a wrong secret from somebody's forgery.</summary>
internal sealed class SlackSeals
{
    // One may be anybody's; Slack itself tries each event four times.
    private const int WorthTelling = 3;

    private int _wrong;
    private volatile bool _wasRight;

    /// <summary>True where Slack's requests seem to be signed with another secret: some came, and none was ever right.</summary>
    public bool IsSecretWrong => !_wasRight && Volatile.Read(ref _wrong) >= WorthTelling;

    public void SawRight() => _wasRight = true;

    public void SawWrong() => Interlocked.Increment(ref _wrong);
}
