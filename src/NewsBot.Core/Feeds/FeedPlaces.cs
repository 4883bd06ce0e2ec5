namespace NewsBot.Core.Feeds;

/// <summary>The grammar of all feed formats at once: what an element is inside its parent.</summary>
internal static class FeedPlaces
{
    public static FeedPlace Inside(FeedPlace parent, FeedWord word, bool isRoot) =>
        parent switch
        {
            FeedPlace.Outside => Root(word, isRoot),
            FeedPlace.Feed => InFeed(word),
            FeedPlace.Entry => InEntry(word),
            FeedPlace.Person when word is FeedWord.Name or FeedWord.Email => FeedPlace.Text,
            FeedPlace.Picture when word is FeedWord.Url => FeedPlace.Text,
            FeedPlace.Times when word is FeedWord.Hour or FeedWord.Day => FeedPlace.Text,
            FeedPlace.Text or FeedPlace.Inline => FeedPlace.Inline,
            _ => FeedPlace.Skip,
        };

    private static FeedPlace Root(FeedWord word, bool isRoot) =>
        word switch
        {
            FeedWord.Rss or FeedWord.Rdf or FeedWord.Feed => FeedPlace.Feed,
            FeedWord.Channel when isRoot => FeedPlace.Feed,
            FeedWord.Item when isRoot => FeedPlace.Entry,
            _ => FeedPlace.Outside,
        };

    private static FeedPlace InFeed(FeedWord word) =>
        word switch
        {
            // RSS 1.1 and some made-up formats keep the items in a box of their own.
            FeedWord.Channel or FeedWord.Items => FeedPlace.Feed,
            FeedWord.Item => FeedPlace.Entry,
            FeedWord.Author => FeedPlace.Person,
            FeedWord.SkipHours or FeedWord.SkipDays => FeedPlace.Times,
            FeedWord.Title
            or FeedWord.MediaTitle
            or FeedWord.Link
            or FeedWord.Language
            or FeedWord.TimeToLive
            or FeedWord.UpdatePeriod
            or FeedWord.UpdateFrequency => FeedPlace.Text,
            _ => FeedPlace.Skip,
        };

    private static FeedPlace InEntry(FeedWord word) =>
        word switch
        {
            FeedWord.Author => FeedPlace.Person,
            FeedWord.Image => FeedPlace.Picture,
            FeedWord.MediaGroup or FeedWord.MediaContent or FeedWord.MediaThumbnail => FeedPlace.Entry,
            >= FeedWord.Title and <= FeedWord.Tags => FeedPlace.Text,
            FeedWord.ImageLink
            or FeedWord.Enclosure
            or FeedWord.MediaTitle
            or FeedWord.MediaDescription
            or FeedWord.Language
            or FeedWord.OriginalLink
            or FeedWord.Identifier => FeedPlace.Text,
            _ => FeedPlace.Skip,
        };
}
