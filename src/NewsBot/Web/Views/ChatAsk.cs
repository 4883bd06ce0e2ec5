namespace NewsBot.Web.Views;

/// <summary>Which part of the chat is asked for, and by whom.</summary>
internal sealed record ChatAsk
{
    /// <summary>The channel's name, without the number sign.</summary>
    public required string Channel { get; init; }

    /// <summary>Whose thread to show; null for none.</summary>
    public long? Story { get; init; }

    /// <summary>Only messages before this one; null for the newest.</summary>
    public long? Before { get; init; }

    /// <summary>Number of the comment to answer; null for none.</summary>
    public int? Answer { get; init; }

    /// <summary>Message of the stream to answer; null for none.</summary>
    public long? Reply { get; init; }

    public ChatReader? Reader { get; init; }

    public ChatIntent Intent { get; init; } = ChatIntent.None;

    public required string Token { get; init; }

    public required string TokenField { get; init; }

    /// <summary>True where a newcomer has to know a word.</summary>
    public bool NeedsJoinWord { get; init; }
}
