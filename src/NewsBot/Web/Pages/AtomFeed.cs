namespace NewsBot.Web.Pages;

/// <summary>An Atom feed.</summary>
internal sealed record AtomFeed(
    string Id,
    string Title,
    string Self,
    string Page,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<AtomEntry> Entries
);

/// <summary>One entry; <paramref name="ContentType"/> is text or html.</summary>
internal sealed record AtomEntry(
    string Id,
    string Title,
    string Page,
    string Author,
    DateTimeOffset PublishedAt,
    DateTimeOffset UpdatedAt,
    string Content,
    string ContentType,
    AtomReply? InReplyTo
);

/// <summary>What an entry answers.</summary>
internal sealed record AtomReply(string Id, string Page);
