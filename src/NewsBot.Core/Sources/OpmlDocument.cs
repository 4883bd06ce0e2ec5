namespace NewsBot.Core.Sources;

/// <summary>What could be read of an OPML list.</summary>
/// <param name="Sources">In document order, each feed address once.</param>
/// <param name="Problems">English sentences for whoever sent the list, in document order; those about one line begin with "Line 12: ".</param>
public sealed record OpmlDocument(IReadOnlyList<OpmlSource> Sources, IReadOnlyList<string> Problems);
