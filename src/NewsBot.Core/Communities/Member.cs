namespace NewsBot.Core.Communities;

/// <summary>A person in one community.</summary>
/// <param name="Id">Which member this is.</param>
/// <param name="Community">Where they are a member.</param>
/// <param name="Name">The name shown: the pseudonym where one is set.</param>
/// <param name="Role">What they may do.</param>
/// <param name="MutedUntil">UTC; null when not muted.</param>
public sealed record Member(MemberId Id, CommunityId Community, string Name, Role Role, DateTimeOffset? MutedUntil);
