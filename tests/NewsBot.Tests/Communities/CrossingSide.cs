namespace NewsBot.Tests.Communities;

/// <summary>One of the two.</summary>
/// <param name="Community">Its row.</param>
/// <param name="Word">What all of it says.</param>
/// <param name="Base">Where its ids begin: the id of its public channel, story, source, picture and admin; one more is the private one's.</param>
internal sealed record CrossingSide(long Community, string Word, long Base)
{
    /// <summary>Cookie and token of its admin.</summary>
    public string Secret => $"a-secret-of-{Word}-long-enough";

    /// <summary>The workspace its channels are in.</summary>
    public string WorkspaceSql => Community == 1 ? "(SELECT id FROM workspace WHERE platform = 'web')" : $"{Base}";

    public long PrivateStory => Base + 1;

    /// <summary>Cookie of a browser in which somebody of it signed in with Discord.</summary>
    /// <param name="role">"admin" or "member".</param>
    public string Session(string role) => $"{Word}-{role}-session";

    public CrossingSide Other => Community == 1 ? CrossingWorld.Cobalt : CrossingWorld.Amber;
}
