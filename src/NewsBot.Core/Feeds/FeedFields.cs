namespace NewsBot.Core.Feeds;

/// <summary>Which element tells which part of a feed.</summary>
internal static class FeedFields
{
    public static void TakeAttributes(FeedDraft feed, MarkupReader markup, Uri baseUrl)
    {
        switch (markup.Word)
        {
            case FeedWord.Link:
                TakeLink(feed, markup, baseUrl);
                break;
            case FeedWord.Rss or FeedWord.Rdf or FeedWord.Feed or FeedWord.Channel:
                feed.OfferLanguage(markup.Language, 1);
                // Channel Definition Format: the site stands in an attribute.
                feed.OfferLink(FeedUrls.Web(markup.Attribute("HREF"), baseUrl), 3);
                break;
            default:
                break;
        }
    }

    public static void TakeText(FeedDraft feed, FeedWord word, SourceText text)
    {
        switch (word)
        {
            case FeedWord.Title:
                feed.Title(text, 2);
                break;
            case FeedWord.MediaTitle:
                feed.Title(text, 1);
                break;
            case FeedWord.Link:
                feed.OfferLink(FeedUrls.Web(text.Value, text.Base), 2);
                break;
            case FeedWord.Language:
                feed.OfferLanguage(text.Value, 2);
                break;
            case FeedWord.TimeToLive:
                feed.TimeToLive(text.Value);
                break;
            case FeedWord.UpdatePeriod:
                feed.UpdatePeriod(text.Value);
                break;
            case FeedWord.UpdateFrequency:
                feed.UpdateFrequency(text.Value);
                break;
            case FeedWord.Hour:
                feed.SkipHour(text.Value);
                break;
            case FeedWord.Day:
                feed.SkipDay(text.Value);
                break;
            default:
                break;
        }
    }

    private static void TakeLink(FeedDraft feed, MarkupReader markup, Uri baseUrl)
    {
        var url = FeedUrls.Web(markup.Attribute("href"), baseUrl);
        switch (LinkRelation.Of(markup))
        {
            case LinkRelation.Alternate:
                feed.OfferLink(url, LinkRelation.IsPage(markup) ? 3 : 1);
                break;
            case LinkRelation.Self:
                feed.Self(url);
                break;
            case LinkRelation.Hub:
                feed.Hub(url);
                break;
            default:
                break;
        }
    }
}
