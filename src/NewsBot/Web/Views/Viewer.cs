using NewsBot.Core.Channels;
using NewsBot.Core.Communities;

namespace NewsBot.Web.Views;

/// <summary>Who looks at a page.</summary>
/// <param name="IsMember">True for somebody of the community, and for everybody while the server listens on this machine only.</param>
/// <param name="Home">The community they are a member of; null where they may see every one.</param>
internal sealed record Viewer(bool IsMember, CommunityId? Home = null)
{
    /// <summary>Decides how much somebody may see.</summary>
    /// <param name="isThisMachineOnly">True while only this machine can reach the server and nothing is published.</param>
    /// <param name="member">Who it is; null for a stranger.</param>
    public static Viewer Of(bool isThisMachineOnly, Member? member) =>
        isThisMachineOnly ? new(true) : new(member is not null, member?.Community);

    /// <summary>The same person looking at what belongs to one community: elsewhere a member is a stranger.</summary>
    public Viewer In(long community) => new(IsMember && (Home is not { } home || home.Value == community));

    /// <summary>Whether something of this visibility is shown; otherwise only its place is.</summary>
    public bool Sees(Visibility visibility) => IsMember || visibility == Visibility.Public;
}
