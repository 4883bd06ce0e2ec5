namespace NewsBot.Core.Feeds;

/// <summary>Where in a feed an element stands, which decides what its children mean.</summary>
internal enum FeedPlace
{
    /// <summary>No feed was found yet.</summary>
    Outside,
    Feed,
    Entry,
    Person,
    Picture,
    Times,

    /// <summary>An element whose text is wanted.</summary>
    Text,

    /// <summary>Markup inside such a text.</summary>
    Inline,

    /// <summary>Nothing in here is of interest.</summary>
    Skip,
}
