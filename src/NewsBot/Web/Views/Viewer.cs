using NewsBot.Core.Channels;
using NewsBot.Core.Communities;

namespace NewsBot.Web.Views;

/// <summary>Who looks at a page.</summary>
/// <param name="IsMember">True for somebody of the community, and for everybody while the server listens on this machine only.</param>
internal sealed record Viewer(bool IsMember)
{
    /// <summary>Decides how much somebody may see.</summary>
    /// <param name="isThisMachineOnly">True while only this machine can reach the server and nothing is published.</param>
    /// <param name="member">Who it is; null for a stranger.</param>
    public static Viewer Of(bool isThisMachineOnly, Member? member) => new(isThisMachineOnly || member is not null);

    /// <summary>Whether something of this visibility is shown; otherwise only its place is.</summary>
    public bool Sees(Visibility visibility) => IsMember || visibility == Visibility.Public;
}
