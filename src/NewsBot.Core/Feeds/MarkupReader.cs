namespace NewsBot.Core.Feeds;

/// <summary>Walks through a feed document, well-formed or not. Every start has its end.</summary>
internal abstract class MarkupReader
{
    /// <summary>Real feeds nest some ten deep, and XHTML in them some twenty more.</summary>
    public const int MaxDepth = 200;

    public MarkupEvent Event { get; protected set; }

    public FeedWord Word { get; protected set; }

    /// <summary>Local name of the element.</summary>
    public string Name { get; protected set; } = string.Empty;

    /// <summary>Decoded text. Ask only when it is wanted: it is made then.</summary>
    public abstract string Text { get; }

    public abstract int AttributeCount { get; }

    /// <summary>Moves on; false at the end of the document.</summary>
    public abstract bool Read();

    /// <summary>One attribute's value by local name; null where there is none.</summary>
    public abstract string? Attribute(string name);

    /// <summary>xml:base, or what old formats use in its place; null where there is none.</summary>
    public abstract string? Base { get; }

    /// <summary>xml:lang; null where there is none.</summary>
    public abstract string? Language { get; }

    /// <summary>One attribute by its place, with its local name.</summary>
    public abstract KeyValuePair<string, string> AttributeAt(int index);
}
