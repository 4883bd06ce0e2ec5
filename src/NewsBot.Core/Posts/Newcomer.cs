namespace NewsBot.Core.Posts;

/// <summary>Somebody who wrote in a community for the first time.</summary>
/// <param name="Member">The row of the member, by which the name is looked up again.</param>
/// <param name="Name">As shown.</param>
public sealed record Newcomer(long Member, string Name);
