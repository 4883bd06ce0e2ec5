namespace NewsBot.Core.Stories;

/// <summary>One of the names under which an entry can be known.</summary>
/// <param name="Kind">“guid”, “url” or “title-day”; the earlier the stronger.</param>
/// <param name="Value">Comparable as it stands; at most 1,000 characters.</param>
public sealed record EntryKey(string Kind, string Value)
{
    public const string ById = "guid";
    public const string ByUrl = "url";
    public const string ByTitleAndDay = "title-day";
}
