namespace NewsBot.Core.Communities;

/// <summary>What a member may do. Each role may do all that the ones before it may.</summary>
public enum Role
{
    Member,
    Moderator,
    Admin,
}
