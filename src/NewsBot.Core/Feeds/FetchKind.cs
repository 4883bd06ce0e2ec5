namespace NewsBot.Core.Feeds;

/// <summary>What a fetch is for; it decides what is asked for and which bounds hold.</summary>
public enum FetchKind
{
    /// <summary>A feed document, or a page that may name one.</summary>
    Feed,

    /// <summary>An article page.</summary>
    Page,

    /// <summary>A picture: smaller, and never from a private network.</summary>
    Picture,
}
