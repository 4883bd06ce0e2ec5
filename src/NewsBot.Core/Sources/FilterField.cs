namespace NewsBot.Core.Sources;

/// <summary>The part of an entry a term looks at.</summary>
internal enum FilterField
{
    /// <summary>Title and text.</summary>
    Anywhere,
    Title,
    Text,
    Lang,
    Source,
    Category,
    Author,
    Link,
    Has,
}
