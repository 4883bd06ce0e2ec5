namespace NewsBot.Core.Channels;

/// <summary>What a channel has to do with the discussions of its stories.</summary>
public enum MirrorMode
{
    /// <summary>Stories are posted; replies are nobody's business.</summary>
    PostOnly,

    /// <summary>Replies become comments.</summary>
    Collect,

    /// <summary>Replies become comments, and what is written in other two-way channels appears here.</summary>
    TwoWay,
}
