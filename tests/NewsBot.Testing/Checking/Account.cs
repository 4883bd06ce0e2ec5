namespace NewsBot.Testing.Checking;

/// <summary>What happened in the world outside: what was told and what was said.</summary>
internal sealed class Account
{
    public List<ToldStory> Stories { get; } = [];

    public List<SaidReply> Replies { get; } = [];
}
