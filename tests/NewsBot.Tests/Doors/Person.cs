using NewsBot.Core.Communities;

namespace NewsBot.Tests.Doors;

/// <summary>Somebody who tries a door.</summary>
/// <param name="What">What they are, as the table in the documentation calls it.</param>
/// <param name="Name">Their name where they are.</param>
/// <param name="Role">What they may do here; null for a stranger, who may do nothing.</param>
internal sealed record Person(string What, string Name, Role? Role)
{
    public override string ToString() => What;

    /// <summary>The people of a place whose platform knows moderators, such as Discord.</summary>
    public static IReadOnlyList<Person> OfDiscord { get; } =
    [
        new("member", "Kofi", Core.Communities.Role.Member),
        new("muted member", "Inês", Core.Communities.Role.Member),
        new("admin of another community", "Marguerite", Core.Communities.Role.Member),
        new("former admin", "ליאור", Core.Communities.Role.Member),
        new("moderator by the platform", "moderator", Core.Communities.Role.Moderator),
        new("moderator named here", "Tomasz", Core.Communities.Role.Moderator),
        new("admin by the platform", "admin", Core.Communities.Role.Admin),
        new("admin named here", "saga_w", Core.Communities.Role.Admin),
    ];

    public static IReadOnlyList<Person> OfSlack { get; } =
    [
        new("stranger", "Eva", null),
        .. OfDiscord.Where(person => person.What is not ("moderator by the platform" or "admin of another community")),
    ];

    /// <summary>Those of the built-in chat, where nobody but this newsroom says what somebody is.</summary>
    public static IReadOnlyList<Person> OfWeb { get; } =
    [
        new("stranger", "nobody", null),
        new("member", "Wim", Core.Communities.Role.Member),
        new("muted member", "Willa", Core.Communities.Role.Member),
        new("former admin", "Wanda", Core.Communities.Role.Member),
        new("moderator named here", "Walt", Core.Communities.Role.Moderator),
        new("admin named here", "Wilma", Core.Communities.Role.Admin),
    ];
}
